import { WorkerPool } from '../worker-pool.ts'
import { type ParsedBody, parseJson } from './parse-json.ts'

/** A smaller body is parsed at once: handing it over would take longer. */
const SMALL_BYTES = 128 * 1024

/** Bodies of JSON as values; those of many megabytes never keep the thread of charging busy. */
export class JsonBodies {
  private readonly pool = new WorkerPool({
    title: 'large bodies',
    file: new URL('json-worker.ts', import.meta.url),
    threads: 1,
    limits: { atOnceOfOwner: 1, waiting: 64, waitingOfOwner: 16 },
    deadlineMs: 30_000,
    maxHeapMb: 1_024,
  })

  /**
   * @param body - is given away: it may be empty afterwards
   * @returns the value, with a hash of a large body: making its text again would take too long
   */
  async parse(tenant: string, body: Buffer): Promise<{ value: unknown; sha256: string | null }> {
    if (body.length < SMALL_BYTES) return { value: parseJson(body), sha256: null }
    const bytes = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
    const job = { message: bytes, transfer: [bytes.buffer as ArrayBuffer] }
    return (await this.pool.run(tenant, () => job)) as ParsedBody
  }

  async close(): Promise<void> {
    await this.pool.close()
  }
}
