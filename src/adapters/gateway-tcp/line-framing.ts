import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { MAX_REQUESTS } from '../../modules/online-charging/inbound.ts'
import type { LinePlaces } from './line-places.ts'

/** A line of the greeting or of a request. */
export const MAX_LINE = FIELD_LIMITS.raw
/** Characters that are decided at once: some 450 steps of sessions, 15 ms of work that others wait for. */
const MAX_BATCH = 64 * 1024
/** Characters that may wait; a sender is held back beyond it. */
const MAX_WAITING = 2 * 1024 * 1024

/** What has come on a connection and is not taken yet, as whole lines; the last one may be incomplete. */
export class ReceivedLines {
  private readonly places: LinePlaces
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private text = ''

  /** @param places count what waits on all connections. */
  constructor(places: LinePlaces) {
    this.places = places
  }

  /** @throws for bytes of another encoding: they would be replaced, and different ids would become the same. */
  add(bytes: Buffer): void {
    this.keep(this.text + this.decoder.decode(bytes, { stream: true }))
  }

  /** The lines that are decided together: those that are whole, or as many of them as may be; null for none. */
  takeBatch(): string | null {
    const end = endOfBatch(this.text)
    if (end < 0) return null
    const lines = this.text.slice(0, end + 1)
    this.keep(this.text.slice(end + 1))
    return lines
  }

  /** What waits is longer than any line may be. */
  get isTooLong(): boolean {
    return this.text.length > MAX_LINE
  }

  /** So much waits that nothing more should be read. */
  get isFull(): boolean {
    return this.text.length > (this.places.isFull ? MAX_LINE : MAX_WAITING)
  }

  clear(): void {
    this.keep('')
  }

  private keep(text: string): void {
    this.places.addWaiting(text.length - this.text.length)
    this.text = text
  }
}

/** Where the lines end that are decided together: the last of those that are whole, or of as many as may be; −1 for none. */
function endOfBatch(text: string): number {
  let end = -1
  for (let lines = 0; lines < MAX_REQUESTS; lines++) {
    const next = text.indexOf('\n', end + 1)
    if (next < 0 || (next > MAX_BATCH && end >= 0)) return end
    end = next
  }
  return end
}
