import type {
  ChannelCapabilities,
  DeliveryFailure,
  DeliveryReceipt,
  NotificationChannel,
  SendAnswer,
  VoiceCaller,
} from '../../modules/notifications/ports.ts'
import type { SignedMessage } from '../../platform/http/signature.ts'
import type { OutsideAnswer, OutsideHttp } from '../../platform/outside-http.ts'
import { byStatus, jsonOf, later, oneLine, refused, unfitFor, withoutAnswer } from '../provider-http/channel-answers.ts'
import { twilioForm } from '../provider-http/twilio-signature.ts'

const PHONE = /^\+[0-9]{5,20}$/
/** Of what is said together with how: the most that a call takes. */
const MAX_SCRIPT = 4_000
const MAX_CHARACTERS = 700
const MAX_ID = 200
const HEADER = 'x-twilio-signature'

/** https://www.twilio.com/docs/api/errors */
const ERRORS: Readonly<Record<string, DeliveryFailure>> = {
  ...{ 21211: 'no_such_address', 21214: 'no_such_address', 21217: 'no_such_address' },
  ...{ 21215: 'blocked', 21216: 'blocked', 21610: 'blocked', 20429: 'too_many' },
}
/** What became of a call (`CallStatus`); others are on the way. */
const STATES: Readonly<Record<string, DeliveryFailure | 'delivered'>> = {
  ...{ completed: 'delivered', busy: 'unavailable', 'no-answer': 'unavailable' },
  ...{ canceled: 'blocked', failed: 'no_such_address' },
}

/**
 * Calls in which a voice reads a text, by the API of Twilio (https://www.twilio.com/docs/voice/api/call-resource). A call that was answered is delivered; which keys were pressed comes with a
 * receipt of its own. Calls know no repetition. @param http goes to no address inside
 */
export function voiceChannel(caller: VoiceCaller, http: OutsideHttp): NotificationChannel {
  const { apiUrl, user, secret, from, callbackUrl } = caller
  const capabilities: ChannelCapabilities = {
    ...{ kind: 'voice', subject: false, html: false, attachments: false, maxCharacters: MAX_CHARACTERS },
    ...{ dedupes: false, receipts: callbackUrl !== null },
  }
  return {
    name: 'voice',
    capabilities,
    send: async (message, signal) => {
      if (signal.aborted) return { outcome: 'unknown' }
      const unfit = unfitFor(capabilities, message)
      if (unfit !== null) return unfit
      if (!PHONE.test(message.to)) return refused('no_such_address', 'write a number as +380441234567')
      const script = scriptOf(message.text, caller)
      if (script.length > MAX_SCRIPT) return refused('too_long')
      const body = new URLSearchParams({
        ...{ To: message.to, From: from, Twiml: script },
        ...(callbackUrl === null ? {} : { StatusCallback: callbackUrl }),
      })
      const headers = {
        authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      }
      const url = `${apiUrl}/2010-04-10/Accounts/${encodeURIComponent(user)}/Calls.json`
      return answerTo(await http.ask(url, { method: 'POST', headers, body: body.toString() }, signal))
    },
    // A call goes on with what the answer to its keys says: nothing more.
    receiptAnswer: { type: 'text/xml; charset=utf-8', body: '<Response/>' },
    parseReceipt: (message) => (callbackUrl === null ? null : receiptIn(message, secret, callbackUrl)),
  }
}

/** What the voice says, and whether it waits for keys (https://www.twilio.com/docs/voice/twiml). */
function scriptOf(text: string, { language, digits, callbackUrl }: VoiceCaller): string {
  const say = `<Say language="${language}">${escaped(text)}</Say>`
  if (digits === 0 || callbackUrl === null) return `<Response>${say}</Response>`
  return `<Response><Gather numDigits="${digits}" action="${escaped(callbackUrl)}">${say}</Gather></Response>`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** As a text of XML, without characters that XML has none of. */
function escaped(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"]|[^\P{Cc}\n\t]/gu, (one) => ESCAPES[one] ?? ' ')
}

function answerTo(answer: OutsideAnswer): SendAnswer {
  if (answer.status === null) return withoutAnswer(answer)
  const { status, text } = answer
  const { sid, code, message } = jsonOf(text)
  const said = oneLine(typeof message === 'string' ? message : `it answered with status ${status}`)
  if (status >= 200 && status < 300)
    return typeof sid === 'string'
      ? { outcome: 'accepted', id: sid.slice(0, MAX_ID) }
      : { outcome: 'unknown', said: 'its answer names no call' }
  const known = typeof code === 'number' && Object.hasOwn(ERRORS, code) ? ERRORS[code] : undefined
  if (known !== undefined && known !== 'too_many') return refused(known, said)
  if (status === 403) return later('unavailable', said)
  return byStatus(answer, said) ?? refused('not_supported', said)
}

function receiptIn(message: SignedMessage, secret: string, url: string): DeliveryReceipt | 'on_the_way' | null {
  const form = twilioForm(message, { url, secret, header: HEADER })
  if (form === null) return null
  const { CallSid: id, CallStatus: status = '', Digits: digits } = form
  if (id === undefined) return 'on_the_way'
  // Whoever presses a key has heard it.
  if (digits !== undefined && /^[0-9*#]{1,20}$/.test(digits)) return { id, state: 'delivered', reason: null, digits }
  const meaning = Object.hasOwn(STATES, status) ? STATES[status] : undefined
  if (meaning === undefined) return 'on_the_way'
  return meaning === 'delivered' ? { id, state: 'delivered', reason: null } : { id, state: 'failed', reason: meaning }
}
