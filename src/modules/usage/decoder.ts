import type { Mapping } from '../../core/mediation/mapping.ts'
import type { DecodingContext, UsageBatch } from '../../core/mediation/usage-batch.ts'
import { handed } from '../../platform/http/large-bodies.ts'
import { WorkerPool } from '../../platform/worker-pool.ts'
import { decodeRows, type RowPlace } from './decode-rows.ts'
import { decodeUsage } from './decode-usage.ts'

/** A smaller body is read at once: handing it over would take longer. */
const SMALL_BYTES = 16 * 1024

/** What is to be read: a body of usage, or rows of a mapped file. */
export type DecodeJob =
  | { readonly kind: 'usage'; readonly contentType: string }
  | { readonly kind: 'rows'; readonly mapping: Mapping; readonly header: readonly string[]; readonly place: RowPlace }

export interface DecodeRequest {
  readonly job: DecodeJob
  readonly bytes: Uint8Array
  /** Number of the context; its definition comes along the first time. */
  readonly context: number
  readonly definition?: DecodingContext
}

export interface Decoded {
  readonly batch: UsageBatch
  readonly rows: number
}

/** Reads usage into columns on a thread of its own, so that the engine's thread only decides. */
export class Decoder {
  private readonly pool = new WorkerPool({
    title: 'bodies of usage',
    file: new URL('decode-worker.ts', import.meta.url),
    threads: 1,
    limits: { atOnceOfOwner: 1, waiting: 1_000, waitingOfOwner: 250 },
    deadlineMs: 60_000,
    maxHeapMb: 1_024,
  })

  /** @param body is given away: it may be empty afterwards. */
  async decode(tenant: string, job: DecodeJob, body: Buffer, context: DecodingContext): Promise<Decoded> {
    if (body.length < SMALL_BYTES) return decodeHere(job, body, context)
    const decoded = await this.pool.run(tenant, (told) => {
      const known = told.get(context.metersByType)
      const number = known ?? told.size + 1
      told.set(context.metersByType, number)
      const { message: bytes, transfer } = handed(body)
      const message = { job, bytes, context: number, ...(known === undefined ? { definition: context } : {}) }
      return { message: message satisfies DecodeRequest, transfer }
    })
    return decoded as Decoded
  }
}

function decodeHere(job: DecodeJob, body: Buffer, context: DecodingContext): Decoded {
  if (job.kind === 'rows') return decodeRows(body.toString('utf8'), job.mapping, job.header, job.place, context)
  const batch = decodeUsage(body, job.contentType, context)
  return { batch, rows: batch.count }
}
