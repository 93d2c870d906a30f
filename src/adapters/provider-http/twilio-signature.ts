import { createHmac } from 'node:crypto'
import type { SignedMessage } from '../../platform/http/signature.ts'
import { isSameText } from './same-text.ts'

/** Of a callback. */
const MAX_BYTES = 64 * 1024

/**
 * The fields of a form that Twilio has sent (https://www.twilio.com/docs/usage/security): HMAC-SHA-1 over the address that it was told and all names and values, by name.
 * @param url the address as Twilio was told it @returns null where it is not signed by Twilio
 */
export function twilioForm(
  { headers, body }: SignedMessage,
  { url, secret, header }: { readonly url: string; readonly secret: string; readonly header: string },
): Readonly<Record<string, string>> | null {
  const given = headers[header]
  if (typeof given !== 'string' || body.length > MAX_BYTES) return null
  const form = new URLSearchParams(body.toString('utf8'))
  const signed = [...form]
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([name, value]) => name + value)
    .join('')
  const expected = createHmac('sha1', secret).update(`${url}${signed}`).digest('base64')
  return isSameText(given, expected) ? Object.fromEntries(form) : null
}
