import { createHash } from 'node:crypto'
import type {
  ChannelCapabilities,
  NotificationChannel,
  RenderedMessage,
  SendAnswer,
  WebPushSender,
} from '../../modules/notifications/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import type { OutsideAnswer, OutsideHttp } from '../../platform/outside-http.ts'
import { byStatus, oneLine, refused, unfitFor, withoutAnswer } from '../provider-http/channel-answers.ts'
import { encryptPush, MAX_PLAIN_BYTES, type SubscriptionKeys } from './encrypt.ts'
import { type VapidKey, vapidHeader, vapidKeyOf } from './vapid.ts'

const CAPABILITIES: ChannelCapabilities = {
  ...{ kind: 'push', subject: true, html: false, attachments: false },
  // Three bytes each, beside the key and a short subject, fit into one record.
  ...{ maxCharacters: 1_000, dedupes: false, receipts: false },
}
const MAX_ADDRESS = 2_000

interface Subscription {
  readonly endpoint: URL
  readonly keys: SubscriptionKeys
}

/**
 * Messages to browsers (RFC 8030), encrypted for each. The address is a subscription as the browser gave it, in JSON. What arrives there is
 * `{"title", "body", "tag"}`; a message of a key that waits at the service is replaced by the same one. Nothing is known of it after the service took it.
 * @param http goes to no address inside: a subscription names any address that its browser, or who says to be one, likes
 */
export function webPushChannel(sender: WebPushSender, http: OutsideHttp): NotificationChannel {
  const key = vapidKeyOf(sender.privateKey)
  return {
    name: 'web-push',
    capabilities: CAPABILITIES,
    send: async (message, signal) => send(sender, key, http, message, signal),
    parseReceipt: () => null,
  }
}

async function send(
  { contact, ttlSeconds, urgency }: WebPushSender,
  key: VapidKey,
  http: OutsideHttp,
  message: RenderedMessage,
  signal: AbortSignal,
): Promise<SendAnswer> {
  if (signal.aborted) return { outcome: 'unknown' }
  const unfit = unfitFor(CAPABILITIES, message)
  if (unfit !== null) return unfit
  const found = subscriptionOf(message.to)
  if (found === null) return refused('no_such_address', 'it is no subscription of a browser')
  const { subject: title, text: body } = message
  const plain = Buffer.from(JSON.stringify({ ...(title === null ? {} : { title }), body, tag: message.key }))
  if (plain.length > MAX_PLAIN_BYTES)
    return refused('too_long', `it has ${plain.length} bytes, and ${MAX_PLAIN_BYTES} is the most`)
  let encrypted: Buffer
  try {
    encrypted = encryptPush(plain, found.keys)
  } catch {
    return refused('no_such_address', 'the key of the subscription is none')
  }
  const headers = {
    authorization: vapidHeader(key, found.endpoint, contact, systemClock.nowMs()),
    ...{ 'content-type': 'application/octet-stream', 'content-encoding': 'aes128gcm' },
    ...{ ttl: String(ttlSeconds), urgency, topic: topicOf(message.key) },
  }
  const answer = await http.ask(found.endpoint.href, { method: 'POST', headers, body: encrypted }, signal)
  return answerTo(answer, message.key)
}

/** By which a service knows the same message again: 32 characters of base64url (RFC 8030, 5.4). */
function topicOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32)
}

/** What `PushSubscription.toJSON()` of a browser gives; null where it is not that. */
function subscriptionOf(to: string): Subscription | null {
  if (to.length > MAX_ADDRESS) return null
  try {
    const { endpoint, keys } = JSON.parse(to) as { endpoint?: unknown; keys?: { p256dh?: unknown; auth?: unknown } }
    const url = URL.parse(String(endpoint))
    const [p256dh, auth] = [keys?.p256dh, keys?.auth].map((part) => Buffer.from(String(part), 'base64url'))
    return url === null || p256dh?.length !== 65 || auth?.length !== 16
      ? null
      : { endpoint: url, keys: { p256dh, auth } }
  } catch {
    return null
  }
}

/** RFC 8030, 5 and 7; RFC 8292, 4.2. */
function answerTo(answer: OutsideAnswer, key: string): SendAnswer {
  if (answer.status === null) return withoutAnswer(answer)
  const { status, headers, text } = answer
  const said = oneLine(`${status} ${text}`)
  if (status >= 200 && status < 300) return { outcome: 'accepted', id: headers.location?.slice(0, MAX_ADDRESS) ?? key }
  if (status === 404 || status === 410) return refused('no_such_address', said)
  // A key that is not the one that the browser subscribed with stays so.
  if (status === 401) return refused('blocked', said)
  return byStatus(answer, said) ?? refused('blocked', said)
}
