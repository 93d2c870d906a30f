import type { MailServer, NotificationChannel, RenderedMessage, SendAnswer } from '../../modules/notifications/ports.ts'
import { NotOutside, outsideAddress } from '../../platform/outside-address.ts'
import { buildMessage } from './build-message.ts'
import { SmtpSessions } from './smtp-session.ts'

/**
 * E-mail through the server of a tenant, by SMTP. The protocol knows no repetition: a message whose fate is unknown is not sent again, and has the same Message-ID
 * wherever it is. Nothing is known of a message after the server took it.
 * @param privateHosts servers in private networks that tenants may name: `mail.internal:25`
 */
export function smtpChannel(server: MailServer, privateHosts: readonly string[]): NotificationChannel {
  const sessions = new SmtpSessions(server)
  return {
    name: 'smtp',
    capabilities: {
      ...{ kind: 'email', subject: true, html: true, attachments: true, maxCharacters: null },
      ...{ dedupes: false, receipts: false },
    },
    send: async (message, signal) => send({ server, privateHosts, sessions }, message, signal),
    parseReceipt: () => null,
  }
}

interface Mailer {
  readonly server: MailServer
  readonly privateHosts: readonly string[]
  readonly sessions: SmtpSessions
}

async function send(
  { server, privateHosts, sessions }: Mailer,
  message: RenderedMessage,
  signal: AbortSignal,
): Promise<SendAnswer> {
  if (signal.aborted) return { outcome: 'unknown' }
  let address: string
  try {
    address = await outsideAddress(server.host, server.port, privateHosts)
  } catch (error) {
    const isForbidden = error instanceof NotOutside
    const said = isForbidden ? error.message : `there is no server ${server.host}`
    return { outcome: 'failed', reason: isForbidden ? 'blocked' : 'unavailable', mayRetry: !isForbidden, said }
  }
  const { id, bytes } = await buildMessage(server, message)
  return sessions.send(address, { id, to: message.to, bytes }, signal)
}
