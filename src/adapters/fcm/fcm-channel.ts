import type {
  ChannelCapabilities,
  FcmSender,
  NotificationChannel,
  RenderedMessage,
  SendAnswer,
} from '../../modules/notifications/ports.ts'
import type { OutsideAnswer, OutsideHttp } from '../../platform/outside-http.ts'
import { byStatus, jsonOf, later, oneLine, refused, unfitFor, withoutAnswer } from '../provider-http/channel-answers.ts'
import { AccessTokens, type ServiceAccount, serviceAccountOf } from './access-tokens.ts'

/** FCM takes 4,096 bytes: three of each character, beside the subject and the key. */
const MAX_BYTES = 4_000
const CAPABILITIES: ChannelCapabilities = {
  ...{ kind: 'push', subject: true, html: false, attachments: false },
  ...{ maxCharacters: 1_000, dedupes: false, receipts: false },
}
const TOKEN = /^[A-Za-z0-9_:-]{20,2000}$/
const MAX_ID = 300

/**
 * Messages to apps on telephones by Firebase Cloud Messaging, HTTP v1 (https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages). The address is the registration token of an app.
 * Nothing is known of a message after the service took it. @param http goes to no address inside
 */
export function fcmChannels(http: OutsideHttp): (sender: FcmSender) => NotificationChannel {
  const tokens = new AccessTokens(http)
  return (sender) => {
    const account = serviceAccountOf(sender.serviceAccount)
    return {
      name: 'fcm',
      capabilities: CAPABILITIES,
      send: async (message, signal) => {
        if (signal.aborted) return { outcome: 'unknown' }
        const unfit = unfitFor(CAPABILITIES, message)
        if (unfit !== null) return unfit
        if (account === null) return refused('blocked', 'the secret serviceAccount is no key of a service account')
        if (!TOKEN.test(message.to)) return refused('no_such_address', 'it is no registration token')
        return send(sender, account, tokens, http, message, signal)
      },
      parseReceipt: () => null,
    }
  }
}

async function send(
  { apiUrl }: FcmSender,
  account: ServiceAccount,
  tokens: AccessTokens,
  http: OutsideHttp,
  { key, to, subject, text }: RenderedMessage,
  signal: AbortSignal,
): Promise<SendAnswer> {
  const notification = { ...(subject === null ? {} : { title: subject }), body: text }
  const body = JSON.stringify({ message: { token: to, notification, data: { key } } })
  if (Buffer.byteLength(JSON.stringify({ notification, key })) > MAX_BYTES) return refused('too_long')
  let token: string | OutsideAnswer
  try {
    token = await tokens.find(account, signal)
  } catch {
    return refused('blocked', 'the private key of the service account is none')
  }
  // Without a token nothing was sent, whatever came of asking for one.
  if (typeof token !== 'string') {
    if (signal.aborted) return { outcome: 'unknown' }
    if (token.status === null && token.outcome === 'refused') return refused('blocked', token.said)
    return later('unavailable', token.status === null ? token.said : `no access token: ${token.status}`)
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const url = `${apiUrl}/v1/projects/${encodeURIComponent(account.projectId)}/messages:send`
  const answer = await http.ask(url, { method: 'POST', headers, body }, signal)
  if (answer.status === 401) tokens.forget(account)
  return answerTo(answer)
}

/** https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode */
function answerTo(answer: OutsideAnswer): SendAnswer {
  if (answer.status === null) return withoutAnswer(answer)
  const { status, text } = answer
  const { name, error } = jsonOf(text)
  if (status === 200)
    return typeof name === 'string'
      ? { outcome: 'accepted', id: name.slice(0, MAX_ID) }
      : { outcome: 'unknown', said: 'its answer names no message' }
  const { message, details } = (error ?? {}) as { message?: unknown; details?: unknown }
  const codes = Array.isArray(details) ? details.map((one: { errorCode?: unknown } | null) => one?.errorCode) : []
  const said = oneLine(typeof message === 'string' ? message : `it answered with status ${status}`)
  // The app was taken away, or its token replaced.
  if (codes.includes('UNREGISTERED')) return refused('no_such_address', said)
  if (codes.includes('SENDER_ID_MISMATCH')) return refused('blocked', said)
  if (status === 400 && /registration token/i.test(said)) return refused('no_such_address', said)
  // The project is not there, or the account may not send for it: whoever set it up may mend that.
  if (status === 403 || status === 404) return later('unavailable', said)
  return byStatus(answer, said) ?? refused('not_supported', said)
}
