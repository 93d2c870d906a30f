import type {
  ChannelCapabilities,
  NotificationChannel,
  SendAnswer,
  TelegramBot,
} from '../../modules/notifications/ports.ts'
import type { OutsideAnswer, OutsideHttp } from '../../platform/outside-http.ts'
import { byStatus, jsonOf, later, oneLine, refused, unfitFor, withoutAnswer } from '../provider-http/channel-answers.ts'

/** Of a text, in units of UTF-16 as Telegram counts. */
const MAX_UNITS = 4_096
const CAPABILITIES: ChannelCapabilities = {
  ...{ kind: 'messenger', subject: false, html: false, attachments: false },
  ...{ maxCharacters: MAX_UNITS, dedupes: false, receipts: false },
}
const CHAT = /^(-?\d{1,20}|@[A-Za-z0-9_]{4,32})$/
const MAX_RETRY_AFTER_SECONDS = 86_400

/**
 * Messages of a bot of Telegram (https://core.telegram.org/bots/api#sendmessage). The address is the id of a chat: people write to the bot first, and none can be written to before. Nothing is
 * known of a message after the server took it. @param http goes to no address inside
 */
export function telegramChannel({ apiUrl, token, silent }: TelegramBot, http: OutsideHttp): NotificationChannel {
  return {
    name: 'telegram',
    capabilities: CAPABILITIES,
    send: async (message, signal) => {
      if (signal.aborted) return { outcome: 'unknown' }
      const unfit = unfitFor(CAPABILITIES, message)
      if (unfit !== null) return unfit
      const { to, text } = message
      if (text.length > MAX_UNITS) return refused('too_long')
      if (!CHAT.test(to)) return refused('no_such_address', 'write the id of a chat, such as 123456789')
      const body = JSON.stringify({ chat_id: to, text, disable_notification: silent })
      // The token is in the address: nothing that is said names it.
      const url = `${apiUrl}/bot${token}/sendMessage`
      const headers = { 'content-type': 'application/json' }
      return answerTo(await http.ask(url, { method: 'POST', headers, body }, signal), to)
    },
    parseReceipt: () => null,
  }
}

function answerTo(answer: OutsideAnswer, to: string): SendAnswer {
  if (answer.status === null) return withoutAnswer(answer)
  const { status, text } = answer
  const { ok, result, description, parameters } = jsonOf(text)
  const said = oneLine(typeof description === 'string' ? description : `it answered with status ${status}`)
  if (status === 200) {
    const { message_id: id } = (result ?? {}) as { message_id?: unknown }
    if (ok === true && Number.isSafeInteger(id)) return { outcome: 'accepted', id: `${to}/${id}` }
    return { outcome: 'unknown', said: 'its answer names no message' }
  }
  if (status === 429) {
    const { retry_after: after } = (parameters ?? {}) as { retry_after?: unknown }
    const seconds = typeof after === 'number' && Number.isInteger(after) && after >= 0 ? after : null
    return later('too_many', said, seconds === null ? null : Math.min(seconds, MAX_RETRY_AFTER_SECONDS))
  }
  // People blocked the bot, or left the chat.
  if (status === 403) return refused('blocked', said)
  // 404 is what an unknown token gets.
  if (status === 404) return later('unavailable', said)
  if (status === 400) {
    if (/chat not found|user not found|PEER_ID_INVALID/i.test(said)) return refused('no_such_address', said)
    if (/too long/i.test(said)) return refused('too_long', said)
    if (/upgraded to a supergroup/i.test(said)) return refused('no_such_address', said)
    return refused('not_supported', said)
  }
  return byStatus(answer, said) ?? refused('not_supported', said)
}
