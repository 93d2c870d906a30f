import type { BankReader } from '../../modules/banks/ports.ts'
import { WorkerPool } from '../../platform/worker-pool.ts'
import type { BankFileJob } from './bank-file-worker.ts'

/** Reads files of banks for all tenants of the process: one of 16 MB takes about a second. */
const pool = new WorkerPool({
  title: 'files of banks',
  file: new URL('bank-file-worker.ts', import.meta.url),
  threads: 1,
  limits: { atOnceOfOwner: 1, waiting: 16, waitingOfOwner: 4 },
  deadlineMs: 30_000,
  maxHeapMb: 1_024,
})

/** Bytes are copied for the thread: small files share their memory with others. */
async function run(owner: string, job: BankFileJob): Promise<unknown> {
  const bytes = new Uint8Array(job.bytes)
  return pool.run(owner, () => ({ message: { ...job, bytes }, transfer: [bytes.buffer] }))
}

export const bankFileReader: BankReader = {
  statements: async (owner, bytes, csv) => (await run(owner, { kind: 'statements', bytes, csv })) as never,
  rejections: async (owner, bytes) => (await run(owner, { kind: 'rejections', bytes })) as never,
}
