import { setTimeout as pause } from 'node:timers/promises'
import type { NotificationChannel, RenderedMessage, SendAnswer, SmppServer } from '../../modules/notifications/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { BodyReader, cString, TLV, tlv } from './pdu.ts'
import { idOfAnswer } from './receipts.ts'
import { SMPP_TIMING, type SmppTiming } from './smpp-link.ts'
import { SmppSession, type Submitted } from './smpp-session.ts'
import { meaningOf } from './statuses.ts'
import { partHeader, type TextParts, textParts } from './text-parts.ts'

/** The most parts of one message: 670 letters of Cyrillic. */
const MAX_PARTS = 10
const MAX_CHARACTERS = 660
const PHONE = /^\+?[0-9]{3,20}$/
const UDH_INDICATOR = 0x40
/** What was begun is gone on with: a telephone shows nothing of a message that has not all its parts. */
const ATTEMPTS_OF_A_PART = 5
const PAUSE_OF_A_PART_MS = 500

/**
 * Short messages of tenants by SMPP 3.4, each tenant over a connection of its own. The protocol knows no repetition: what has no answer is not sent again. Receipts come over
 * the connection, of a long text for its last part: a telephone has it when it has that.
 * @param privateHosts centres in private networks that tenants may name: `smsc.internal:2775`
 */
export class SmppChannels {
  private readonly privateHosts: readonly string[]
  private readonly timing: SmppTiming
  private readonly sessions = new Map<string, { readonly of: string; readonly session: SmppSession }>()
  /** By which parts of a message name each other: a process that starts again does not begin where the last one did. */
  private reference = systemClock.nowMs() % 0x1_0000

  constructor(privateHosts: readonly string[], timing: Partial<SmppTiming> = {}) {
    this.privateHosts = privateHosts
    this.timing = { ...SMPP_TIMING, ...timing }
  }

  /** The channel of a tenant. Where its settings are others than before, what was connected by those is ended. */
  open(tenant: string, server: SmppServer): NotificationChannel {
    const of = JSON.stringify(server)
    const known = this.sessions.get(tenant)
    if (known !== undefined && known.of !== of) known.session.close()
    const session = known?.of === of ? known.session : new SmppSession(server, this.privateHosts, this.timing)
    if (known?.of !== of) this.sessions.set(tenant, { of, session })
    return {
      name: 'smpp',
      capabilities: {
        ...{ kind: 'sms', subject: false, html: false, attachments: false, maxCharacters: MAX_CHARACTERS },
        ...{ dedupes: false, receipts: true },
      },
      send: async (message, signal) => this.send(server, session, message, signal),
      parseReceipt: () => null,
      listen: (take) => session.listen(take),
    }
  }

  close(): void {
    for (const { session } of this.sessions.values()) session.close()
    this.sessions.clear()
  }

  private async send(
    server: SmppServer,
    session: SmppSession,
    message: RenderedMessage,
    signal: AbortSignal,
  ): Promise<SendAnswer> {
    if (signal.aborted) return { outcome: 'unknown' }
    const { to, text, subject, html, attachments } = message
    if (subject !== null || html !== null || attachments.length > 0) return failed('not_supported')
    if (!PHONE.test(to)) return failed('no_such_address', 'write a number as +380441234567')
    if (Array.from(text).length > MAX_CHARACTERS) return failed('too_long')
    const made = textParts(text, server.longTexts, server.alphabet)
    const { length: count } = made.parts
    if (count > MAX_PARTS) return failed('too_long', `it takes ${count} messages, and ${MAX_PARTS} is the most`)
    this.reference = (this.reference + 1) % 0x1_0000
    const bodies = bodiesOf(server, to, made, this.reference)
    let id = ''
    for (const [at, body] of bodies.entries()) {
      const submitted = await submitPart(session, body, at > 0, signal)
      const answer = answerTo(submitted, at > 0)
      if (answer !== null) return answer
      if (submitted.outcome === 'answered') id = idOfAnswer(new BodyReader(submitted.body).text(), server.ids)
    }
    return { outcome: 'accepted', id, parts: count }
  }
}

async function submitPart(
  session: SmppSession,
  body: Buffer,
  isBegun: boolean,
  signal: AbortSignal,
): Promise<Submitted> {
  for (let attempt = 1; ; attempt++) {
    const submitted = await session.submit(body, signal)
    const isBusy =
      submitted.outcome === 'full' ||
      submitted.outcome === 'not_sent' ||
      (submitted.outcome === 'answered' && submitted.status !== 0 && meaningOf(submitted.status).mayRetry)
    if (!isBegun || !isBusy || attempt === ATTEMPTS_OF_A_PART) return submitted
    await pause(PAUSE_OF_A_PART_MS * attempt, undefined, { signal }).catch(() => undefined)
  }
}

/** @param isBegun whether the centre has parts already @returns null where it has this part, too */
function answerTo(submitted: Submitted, isBegun: boolean): SendAnswer | null {
  if (submitted.outcome === 'answered') {
    if (submitted.status === 0) return null
    const { reason, mayRetry, said } = meaningOf(submitted.status)
    return isBegun && mayRetry ? { outcome: 'unknown', said } : { outcome: 'failed', reason, mayRetry, said }
  }
  const { outcome, said } = submitted
  if (outcome === 'lost' || isBegun) return { outcome: 'unknown', said }
  if (outcome === 'full') return { outcome: 'failed', reason: 'too_many', mayRetry: true, said }
  const isForbidden = outcome === 'forbidden'
  return { outcome: 'failed', reason: isForbidden ? 'blocked' : 'unavailable', mayRetry: !isForbidden, said }
}

function failed(reason: 'not_supported' | 'no_such_address' | 'too_long', said?: string): SendAnswer {
  return { outcome: 'failed', reason, mayRetry: false, ...(said === undefined ? {} : { said }) }
}

/** The bodies of `submit_sm`, one for each part (SMPP 3.4, 4.4.1). */
function bodiesOf(
  { from, longTexts }: SmppServer,
  to: string,
  { dataCoding, parts }: TextParts,
  reference: number,
): Buffer[] {
  const inPayload = longTexts === 'payload' && parts.length > 1
  const contents = inPayload ? [Buffer.concat(parts)] : parts
  return contents.map((content, at) => {
    const isLong = contents.length > 1
    const header =
      isLong && longTexts !== 'payload' ? partHeader(longTexts, reference, contents.length, at) : Buffer.alloc(0)
    const short = inPayload ? Buffer.alloc(0) : Buffer.concat([header, content])
    const wantsReceipt = at === contents.length - 1 ? 1 : 0
    return Buffer.concat([
      cString(''),
      addressOf(from),
      addressOf(to),
      Buffer.from([isLong ? UDH_INDICATOR : 0, 0, 0]),
      ...[cString(''), cString('')],
      Buffer.from([wantsReceipt, 0, dataCoding, 0, short.length]),
      short,
      inPayload ? tlv(TLV.messagePayload, content) : Buffer.alloc(0),
    ])
  })
}

/** Its kind, its plan, and itself (5.2.5, 5.2.6): a name; an international number; or the short number of a service. */
function addressOf(address: string): Buffer {
  const digits = address.replace(/^\+/, '')
  if (!/^\d+$/.test(digits)) return Buffer.concat([Buffer.from([5, 0]), cString(address)])
  const isInternational = address.startsWith('+') || digits.length > 6
  return Buffer.concat([Buffer.from(isInternational ? [1, 1] : [3, 0]), cString(digits)])
}
