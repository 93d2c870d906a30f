import { WorkerPool } from '../worker-pool.ts'
import type { Admission } from './budgets.ts'
import { type ParsedBody, parseJson } from './parse-json.ts'

/** A smaller body is parsed at once: handing it over would take longer. */
const SMALL_BYTES = 128 * 1024
/** Bytes after which a thread is replaced by a new one: what it has let go of is free at once then. */
const WORN_OUT_BYTES = 128 * 1024 * 1024

/** Bodies of many megabytes: they are unfolded and parsed where that never keeps the thread of charging busy. */
export class LargeBodies {
  private readonly parsing = new WorkerPool({
    title: 'large bodies',
    file: new URL('json-worker.ts', import.meta.url),
    threads: 1,
    limits: { atOnceOfOwner: 1, waiting: 64, waitingOfOwner: 16 },
    deadlineMs: 30_000,
    maxHeapMb: 1_024,
    wornOutBytes: WORN_OUT_BYTES,
  })
  /** Two at once hold 128 MB while they are unfolded, whoever has sent them. */
  private readonly unfolding = new WorkerPool({
    title: 'packed bodies',
    file: new URL('unfold-worker.ts', import.meta.url),
    threads: 2,
    limits: { atOnceOfOwner: 1, waiting: 1_000, waitingOfOwner: 250 },
    deadlineMs: 30_000,
    maxHeapMb: 256,
    wornOutBytes: WORN_OUT_BYTES,
  })

  /**
   * @param body - is given away: it may be empty afterwards
   * @returns the value, with a hash of a large body: making its text again would take too long
   */
  async parse(tenant: string, body: Buffer): Promise<{ value: unknown; sha256: string | null }> {
    if (body.length < SMALL_BYTES) return { value: parseJson(body), sha256: null }
    return (await this.parsing.run(tenant, () => handed(body))) as ParsedBody
  }

  /**
   * @param packed - is given away: it may be empty afterwards
   * @param admission - of the request, which the unfolded bytes are counted for
   */
  async unfold(tenant: string, packed: Buffer, admission: Admission): Promise<Buffer> {
    const { buffer, byteLength } = (await this.unfolding.run(tenant, () => handed(packed))) as Uint8Array
    try {
      admission.takeBytes(byteLength)
    } catch (error) {
      // Free at once, not when garbage is collected.
      ;(buffer as ArrayBuffer).transfer(0)
      throw error
    }
    return Buffer.from(buffer as ArrayBuffer)
  }

  async close(): Promise<void> {
    await Promise.all([this.parsing.close(), this.unfolding.close()])
  }
}

/** The memory of a body goes over with it; one that shares it with others is copied. */
function handed(body: Buffer): { message: Uint8Array; transfer: ArrayBuffer[] } {
  const bytes = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
  return { message: bytes, transfer: [bytes.buffer as ArrayBuffer] }
}
