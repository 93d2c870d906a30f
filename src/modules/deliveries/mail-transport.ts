import type { NotificationChannel, SendAnswer } from '../notifications/index.ts'
import type { DeclineReason, DocumentTransport, TransportAnswer } from './ports.ts'

/** Of all files of one e-mail, before base64 makes a third more of them: what mail servers of most people take. */
const MAX_BYTES = 15_000_000

type Failure = Extract<SendAnswer, { outcome: 'failed' }>['reason']
const REASONS: Readonly<Record<Failure, DeclineReason>> = {
  no_such_address: 'no_such_address',
  blocked: 'refused',
  too_long: 'too_large',
  not_supported: 'refused',
  too_many: 'unavailable',
  unavailable: 'unavailable',
  deferred: 'unavailable',
}

/** Documents by e-mail. Nobody can be asked what became of one, and what is unknown is not sent again by itself: a second invoice is worse than a late one. */
export function mailTransport(channel: NotificationChannel): DocumentTransport {
  const { dedupes } = channel.capabilities
  return {
    capabilities: { dedupes, asks: false, confirms: false, callbacks: false, maxBytes: MAX_BYTES },
    send: async ({ id: key, to, subject, text, files: attachments }, signal) =>
      asAnswer(await channel.send({ key, to: to.id, subject, text, html: null, attachments }, signal)),
    ask: async () => ({ outcome: 'unknown', said: 'a mail server does not say what became of a message' }),
    parseCallback: () => null,
  }
}

function asAnswer(answer: SendAnswer): TransportAnswer {
  const { said = null } = answer
  if (answer.outcome === 'accepted') return { outcome: 'sent', id: answer.id, said }
  if (answer.outcome === 'unknown') return { outcome: 'unknown', said: said ?? 'the mail server did not answer' }
  const { reason, mayRetry } = answer
  return { outcome: 'declined', reason: REASONS[reason], mayRetry, said: said ?? reason }
}
