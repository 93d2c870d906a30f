import { createTransport } from 'nodemailer'
import type { MailServer, RenderedMessage } from '../../modules/notifications/ports.ts'
import { systemClock } from '../../platform/clock.ts'

/**
 * A message as its bytes go over the line (RFC 5322, MIME), signed where the server has DKIM.
 * @returns its Message-ID, too: the same for the same key, so that whoever gets it twice sees that it is one
 */
export async function buildMessage(
  { from, dkim }: Pick<MailServer, 'from' | 'dkim'>,
  { key, to, subject, text, html, attachments }: RenderedMessage,
): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const id = `<${key.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@${domain}>`
  const signing =
    dkim === null ? {} : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }
  const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...signing })
  const { message } = await builder.sendMail({
    ...{ from, to: { name: '', address: to }, text, messageId: id, date: new Date(systemClock.nowMs()) },
    ...(subject === null ? {} : { subject }),
    ...(html === null ? {} : { html }),
    headers: { 'auto-submitted': 'auto-generated' },
    // Nothing is read from files or addresses that a text may name.
    ...{ disableFileAccess: true, disableUrlAccess: true, xMailer: false },
    attachments: attachments.map(({ name: filename, type: contentType, content }) => ({
      ...{ filename, contentType, content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) },
    })),
  })
  return { id, bytes: message as Buffer }
}
