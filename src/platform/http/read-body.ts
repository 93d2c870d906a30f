import type { Readable } from 'node:stream'
import { Refusal } from '../problems.ts'
import type { Admission } from './budgets.ts'

/** How long a sender may pause in the middle of a body. */
const MAX_PAUSE_MS = 10_000

/**
 * Reads a body as it was sent. Each part is counted as it comes, against the limit of the route and the budgets of key,
 * tenant and all: what would be too much is never held. One that is refused is not read further: its sender is still
 * answered.
 * @param announced how many bytes its sender says that it has; NaN where that is not said
 */
export async function readBody(
  stream: Readable,
  limit: number,
  announced: number,
  admission: Admission,
): Promise<Buffer> {
  if (announced > limit) throw tooLarge(limit)
  const body = new Joined(announced)
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
      try {
        if (body.length + part.length > limit) throw tooLarge(limit)
        admission.takeBytes(part.length)
        body.add(part)
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
  return body.whole
}

function tooLarge(limit: number): Refusal {
  return new Refusal('payload_too_large', `a body has at most ${limit} bytes here`)
}

/** What is announced is believed when so much of it has come. */
const BELIEVED = 1 / 8

/** Parts in one piece of memory, which grows as they come: to join 100 MB when all have come would take 50 ms at once. */
class Joined {
  length = 0
  private readonly announced: number
  private bytes: Buffer = Buffer.alloc(0)

  constructor(announced: number) {
    this.announced = announced
  }

  add(part: Buffer): void {
    const length = this.length + part.length
    if (this.length === 0) this.bytes = part
    else {
      if (length > this.bytes.length) this.grow(length)
      part.copy(this.bytes, this.length)
    }
    this.length = length
  }

  private grow(length: number): void {
    const isBelieved = this.announced >= length && length >= this.announced * BELIEVED
    const bytes = Buffer.allocUnsafeSlow(isBelieved ? this.announced : 2 * length)
    this.bytes.copy(bytes, 0, 0, this.length)
    this.bytes = bytes
  }

  get whole(): Buffer {
    return this.bytes.subarray(0, this.length)
  }
}
