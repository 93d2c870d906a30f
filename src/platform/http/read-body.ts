import type { Readable } from 'node:stream'
import { Refusal } from '../problems.ts'
import type { Admission } from './budgets.ts'

/** How long a sender may pause in the middle of a body. */
const MAX_PAUSE_MS = 10_000

/**
 * Reads a body as it was sent. Each part is counted as it comes, against the limit of the route and the budgets of key,
 * tenant and all: what would be too much is never held. One that is refused is left where it stands: its sender is still
 * answered.
 */
export async function readBody(stream: Readable, limit: number, admission: Admission): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => fail(new Refusal('body_too_slow', `nothing of the body came for ${MAX_PAUSE_MS / 1000} seconds`)),
      MAX_PAUSE_MS,
    )
    const stop = (): void => {
      clearTimeout(late)
      stream.off('data', onData).off('end', onEnd).off('close', onClose).off('error', fail)
      stream.on('error', () => undefined)
    }
    const fail = (error: unknown): void => {
      stop()
      stream.pause()
      reject(error)
    }
    const onData = (part: Buffer): void => {
      late.refresh()
      bytes += part.length
      try {
        if (bytes > limit) throw new Refusal('payload_too_large', `a body has at most ${limit} bytes here`)
        admission.takeBytes(part.length)
        parts.push(part)
      } catch (error) {
        fail(error)
      }
    }
    const onEnd = (): void => {
      stop()
      resolve()
    }
    const onClose = (): void => fail(new Refusal('invalid_request', 'the body was cut off'))
    stream.on('data', onData).on('end', onEnd).on('close', onClose).on('error', fail)
  })
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
}
