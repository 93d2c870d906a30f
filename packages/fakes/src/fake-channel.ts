import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  ChannelCapabilities,
  DeliveryFailure,
  DeliveryReceipt,
  NotificationChannel,
  RenderedMessage,
  SendAnswer,
} from '../../../src/modules/notifications/ports.ts'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'

/** What goes wrong with one message. */
export type ChannelTrouble = 'none' | 'lost' | 'unanswered' | 'throttled'

const DEFAULTS: ChannelCapabilities = {
  kind: 'email',
  subject: true,
  html: true,
  attachments: true,
  maxCharacters: null,
  dedupes: true,
  receipts: true,
}

/**
 * A channel in memory that misbehaves as it is told. `inbox` is what really arrived. An address that begins with `nobody` is told at
 * once not to be there, one that begins with `bounce` afterwards.
 */
export class FakeChannel implements NotificationChannel {
  readonly name = 'fake'
  readonly capabilities: ChannelCapabilities
  readonly inbox: RenderedMessage[] = []
  private readonly troubles: () => ChannelTrouble
  private readonly secret = randomBytes(32)
  private readonly ids = new Map<string, string>()
  private receipts: SignedMessage[] = []

  constructor(troubles: () => ChannelTrouble = () => 'none', capabilities: Partial<ChannelCapabilities> = {}) {
    this.troubles = troubles
    this.capabilities = { ...DEFAULTS, ...capabilities }
  }

  async send(message: RenderedMessage, signal: AbortSignal): Promise<SendAnswer> {
    const trouble = signal.aborted ? 'lost' : this.troubles()
    if (trouble === 'lost') return { outcome: 'unknown' }
    if (trouble === 'throttled') return { outcome: 'failed', reason: 'too_many', mayRetry: true }
    const answer = this.take(message)
    return trouble === 'unanswered' ? { outcome: 'unknown' } : answer
  }

  parseReceipt({ headers, body }: SignedMessage): DeliveryReceipt | null {
    const { 'fake-signature': signature } = headers
    const expected = this.sign(body)
    const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return JSON.parse(body.toString('utf8')) as DeliveryReceipt
  }

  /** The receipts that were sent since the last time, in their order: the test loses, repeats and shuffles them. */
  takeReceipts(): SignedMessage[] {
    return this.receipts.splice(0)
  }

  private take(message: RenderedMessage): SendAnswer {
    const { key, to } = message
    const why = this.unfit(message)
    if (why !== null) return { outcome: 'failed', reason: why, mayRetry: false }
    const known = this.capabilities.dedupes ? this.ids.get(key) : undefined
    if (known !== undefined) return { outcome: 'accepted', id: known }
    const id = `fake-${this.ids.size + 1}-${this.inbox.length + 1}`
    this.ids.set(key, id)
    const bounces = to.startsWith('bounce')
    if (!bounces) this.inbox.push(message)
    if (this.capabilities.receipts)
      this.report(
        bounces ? { id, state: 'failed', reason: 'no_such_address' } : { id, state: 'delivered', reason: null },
      )
    return { outcome: 'accepted', id }
  }

  private unfit({ to, subject, text, html, attachments }: RenderedMessage): DeliveryFailure | null {
    const can = this.capabilities
    if (to.startsWith('nobody')) return 'no_such_address'
    if (can.maxCharacters !== null && Array.from(text).length > can.maxCharacters) return 'too_long'
    const isMore =
      (subject !== null && !can.subject) || (html !== null && !can.html) || (attachments.length > 0 && !can.attachments)
    return isMore ? 'not_supported' : null
  }

  private report(receipt: DeliveryReceipt): void {
    const body = Buffer.from(JSON.stringify(receipt))
    this.receipts.push({ body, headers: { 'fake-signature': this.sign(body).toString('hex') } })
  }

  private sign(body: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(body).digest()
  }
}
