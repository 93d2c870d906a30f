import { WorkerPool } from '../worker-pool.ts'
import type { Admission } from './budgets.ts'
import { type ParsedBody, parseBody, SMALL_BYTES } from './parse-json.ts'

/** Bytes after which a thread is replaced by a new one: what it has let go of is free at once then. */
export const WORN_OUT_BYTES = 128 * 1024 * 1024

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
   */
  async parse(tenant: string, body: Buffer): Promise<ParsedBody> {
    if (body.length < SMALL_BYTES) return parseBody(body)
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

/** Memory of this size has one body in it, and perhaps room that it did not need. */
const OWN_BYTES = 1024 * 1024

/** The memory of a body goes over with it; one that shares it with others is copied. */
export function handed(body: Buffer): { message: Uint8Array; transfer: ArrayBuffer[] } {
  const { byteLength } = body.buffer
  const bytes = body.length === byteLength || byteLength >= OWN_BYTES ? body : new Uint8Array(body)
  return { message: bytes, transfer: [bytes.buffer as ArrayBuffer] }
}
