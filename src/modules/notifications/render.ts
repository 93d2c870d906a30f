import { WorkerPool } from '../../platform/worker-pool.ts'
import type { RenderedNotice, RenderJob } from './template-engine.ts'

/** Templates of all tenants of the process are written out here, off the thread that charges; one tenant's job waits for those of others in turn. */
const pool = new WorkerPool({
  title: 'templates of messages',
  file: new URL('template-worker.ts', import.meta.url),
  threads: 1,
  limits: { atOnceOfOwner: 1, waiting: 512, waitingOfOwner: 128 },
  deadlineMs: 2_000,
  maxHeapMb: 128,
})

/** @throws Refusal `unprocessable` where the template cannot be written out */
export async function renderNotice(owner: string, job: RenderJob): Promise<RenderedNotice> {
  return (await pool.run(owner, () => ({ message: job }))) as RenderedNotice
}
