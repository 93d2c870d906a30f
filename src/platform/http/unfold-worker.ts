import { gunzipSync } from 'node:zlib'
import { Refusal } from '../problems.ts'
import { doJobs, Handed } from '../worker-jobs.ts'

/** A packed body may unfold to at most this. */
const MAX_UNFOLDED_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 256 * 1024

/** Unfolds bodies. What was unfolded on the way is let go together with the thread. */
doJobs((packed: Uint8Array) => {
  try {
    const body = gunzipSync(packed, { maxOutputLength: MAX_UNFOLDED_BYTES, chunkSize: CHUNK_BYTES })
    const bytes = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
    return new Handed(bytes, [bytes.buffer as ArrayBuffer])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('payload_too_large', `an unpacked body has at most ${MAX_UNFOLDED_BYTES} bytes`)
    throw new Refusal('invalid_request', 'the body is not gzip')
  }
})
