import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Refusal } from '../problems.ts'
import type { Admission } from './budgets.ts'

/** A packed body may unfold to at most this. */
const MAX_UNFOLDED_BYTES = 64 * 1024 * 1024
/** How long a sender may pause in the middle of a body. */
const MAX_PAUSE_MS = 10_000

/**
 * Reads a body, and unfolds it where it is gzip. Each part is counted as it comes, against the limit of the route and the
 * budgets of key, tenant and all: what would be too much is never held.
 * @param limit of the bytes as they are sent
 */
export async function readBody(
  stream: Readable,
  encoding: string | undefined,
  limit: number,
  admission: Admission,
): Promise<Buffer> {
  const sent = new Parts(limit, `a body has at most ${limit} bytes here`, admission)
  if (encoding === undefined || encoding === 'identity') {
    await eachPart(stream, (part) => sent.add(part))
    return sent.joined()
  }
  if (encoding !== 'gzip')
    throw new Refusal('unsupported_media_type', `content encoding ${encoding}; send gzip or none`)
  const tooLarge = `an unpacked body has at most ${MAX_UNFOLDED_BYTES} bytes`
  const unfolded = new Parts(MAX_UNFOLDED_BYTES, tooLarge, admission)
  const gunzip = createGunzip()
  try {
    await Promise.all([
      eachPart(stream, (part) => {
        sent.count(part)
        if (gunzip.write(part)) return
        stream.pause()
        gunzip.once('drain', () => stream.resume())
      }).then(() => gunzip.end()),
      eachPart(gunzip, (part) => unfolded.add(part)),
    ])
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('invalid_request', 'the body is not gzip')
  } finally {
    gunzip.destroy()
  }
  return unfolded.joined()
}

/** The parts of a body so far. */
class Parts {
  private readonly limit: number
  private readonly tooLarge: string
  private readonly admission: Admission
  private readonly parts: Buffer[] = []
  private bytes = 0

  constructor(limit: number, tooLarge: string, admission: Admission) {
    this.limit = limit
    this.tooLarge = tooLarge
    this.admission = admission
  }

  count(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > this.limit) throw new Refusal('payload_too_large', this.tooLarge)
    this.admission.takeBytes(part.length)
  }

  add(part: Buffer): void {
    this.count(part)
    this.parts.push(part)
  }

  joined(): Buffer {
    const [first] = this.parts
    return this.parts.length === 1 && first !== undefined ? first : Buffer.concat(this.parts)
  }
}

/** Takes a stream part by part. One that is refused is left where it stands: its sender is still answered. */
async function eachPart(stream: Readable, take: (part: Buffer) => void): Promise<void> {
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
        take(part)
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
}
