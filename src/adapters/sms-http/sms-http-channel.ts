import { createHmac } from 'node:crypto'
import type {
  ChannelCapabilities,
  DeliveryReceipt,
  NotificationChannel,
  RenderedMessage,
  SendAnswer,
  SmsGateway,
  SmsGatewayShape,
} from '../../modules/notifications/ports.ts'
import type { SignedMessage } from '../../platform/http/signature.ts'
import { type OutsideAnswer, type OutsideHttp, type OutsideRequest, retryAfterOf } from '../../platform/outside-http.ts'
import { byStatus, jsonOf, later, oneLine, refused, unfitFor, withoutAnswer } from '../provider-http/channel-answers.ts'
import { isSameText } from '../provider-http/same-text.ts'
import { twilioForm } from '../provider-http/twilio-signature.ts'
import { SMS_PRESETS } from './presets.ts'
import { fieldAt, filled, filledBody, type TemplateValues } from './templates.ts'

const PHONE = /^\+?[0-9]{3,20}$/
const MAX_ID = 200
/** What most gateways cut into parts themselves: ten of Cyrillic. */
const MAX_CHARACTERS = 670
/** Of a receipt. */
const MAX_RECEIPT_BYTES = 64 * 1024

/**
 * Short messages through a gateway by HTTP, in a shape that is data: one of the presets, changed where a gateway differs. Gateways in general know no repetition: what has no
 * answer is not sent again. @param http goes to no address inside
 */
export function smsHttpChannel(gateway: SmsGateway, http: OutsideHttp): NotificationChannel {
  const shape: SmsGatewayShape = { ...SMS_PRESETS[gateway.preset], ...gateway.shape }
  const { receipts } = shape
  const hasReceipts = receipts !== null && gateway.callbackUrl !== null
  const capabilities: ChannelCapabilities = {
    ...{ kind: 'sms', subject: false, html: false, attachments: false, maxCharacters: MAX_CHARACTERS },
    ...{ dedupes: false, receipts: hasReceipts },
  }
  return {
    name: 'sms-http',
    capabilities,
    send: async (message, signal) => {
      if (signal.aborted) return { outcome: 'unknown' }
      const unfit = unfitFor(capabilities, message)
      if (unfit !== null) return unfit
      if (!PHONE.test(message.to)) return refused('no_such_address', 'write a number as +380441234567')
      if (shape.url === null) return refused('blocked', 'the settings name no url of the gateway')
      const values = valuesOf(gateway, message)
      const url = filled(shape.url, values, encodeURIComponent)
      return answerTo(await http.ask(url, requestOf(shape, values), signal), shape, message.key, gateway)
    },
    parseReceipt: (message) => (hasReceipts ? receiptIn(message, receipts, shape.errors, gateway) : null),
  }
}

function valuesOf({ user, secret, from, callbackUrl }: SmsGateway, { key, to, text }: RenderedMessage): TemplateValues {
  return {
    to,
    to_digits: to.replace('+', ''),
    from,
    text,
    key,
    user,
    secret,
    basic: basicOf(user, secret),
    callback: callbackUrl,
  }
}

function requestOf({ headers, bodyType, body }: SmsGatewayShape, values: TemplateValues): OutsideRequest {
  const named = Object.entries(headers).map(([name, template]) => [
    name.toLowerCase(),
    filled(template, values, (value) => value.replaceAll(/[^\x20-\x7e]/g, '')),
  ])
  const written = Object.fromEntries(named) as Record<string, string>
  if (bodyType === 'none') return { method: 'GET', headers: written, body: null }
  const filledIn = filledBody(body, values)
  if (bodyType === 'json')
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...written },
      body: JSON.stringify(filledIn),
    }
  const form = new URLSearchParams(
    Object.entries(filledIn as Record<string, unknown>).map(([name, one]) => [name, String(one)]),
  )
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...written },
    body: form.toString(),
  }
}

function answerTo(
  answer: OutsideAnswer,
  { idField, stateField, acceptedStates, errorField, errors }: SmsGatewayShape,
  key: string,
  gateway: SmsGateway,
): SendAnswer {
  if (answer.status === null) return withoutAnswer(answer)
  const { status, text } = answer
  const told = jsonOf(text)
  // A gateway that repeats what it was sent repeats no secret here.
  const said = oneLine(masked(`${status} ${text}`, gateway))
  const error = errorField === null ? null : fieldAt(told, errorField)
  const reason = error !== null && Object.hasOwn(errors, error) ? errors[error] : undefined
  const isDone = status >= 200 && status < 300
  if (reason !== undefined)
    return reason === 'too_many' || reason === 'unavailable'
      ? later(reason, said, retryAfterOf(answer.headers))
      : refused(reason, said)
  if (!isDone)
    return byStatus(answer, said) ?? (status === 403 ? later('unavailable', said) : refused('not_supported', said))
  const state = stateField === null ? null : fieldAt(told, stateField)
  if (stateField !== null && (state === null || !acceptedStates.includes(state))) return refused('blocked', said)
  const id = idField === null ? null : fieldAt(told, idField)
  return { outcome: 'accepted', id: (id ?? key).slice(0, MAX_ID) }
}

/** Without the secret in any form in which it is sent. */
function masked(text: string, { user, secret }: SmsGateway): string {
  const forms = [secret, encodeURIComponent(secret), basicOf(user, secret)]
  return forms.reduce((left, form) => left.replaceAll(form, '…'), text)
}

function basicOf(user: string | null, secret: string): string {
  return Buffer.from(`${user ?? ''}:${secret}`).toString('base64')
}

type ReceiptShape = NonNullable<SmsGatewayShape['receipts']>

function receiptIn(
  message: SignedMessage,
  shape: ReceiptShape,
  errors: SmsGatewayShape['errors'],
  gateway: SmsGateway,
): DeliveryReceipt | 'on_the_way' | null {
  const told = signedFields(message, shape, gateway)
  if (told === null) return null
  const { idField, stateField, errorField, deliveredStates, failedStates } = shape
  const [id, state] = [fieldAt(told, idField), fieldAt(told, stateField)]
  if (id === null || state === null) return 'on_the_way'
  if (deliveredStates.includes(state)) return { id, state: 'delivered', reason: null }
  if (!failedStates.includes(state)) return 'on_the_way'
  const error = errorField === null ? null : fieldAt(told, errorField)
  const reason = error !== null && Object.hasOwn(errors, error) ? errors[error] : undefined
  return { id, state: 'failed', reason: reason ?? 'unavailable' }
}

/** @returns null where the gateway has not signed it */
function signedFields(
  message: SignedMessage,
  { signature, header }: ReceiptShape,
  { secret, callbackSecret, callbackUrl }: SmsGateway,
): Readonly<Record<string, unknown>> | null {
  if (signature === 'twilio') return twilioForm(message, { url: callbackUrl ?? '', secret, header })
  const given = message.headers[header]
  if (typeof given !== 'string' || message.body.length > MAX_RECEIPT_BYTES) return null
  const expected = createHmac('sha256', callbackSecret ?? secret)
    .update(message.body)
    .digest('hex')
  if (!isSameText(given, expected)) return null
  const text = message.body.toString('utf8')
  return /^\s*\{/.test(text) ? jsonOf(text) : Object.fromEntries(new URLSearchParams(text))
}
