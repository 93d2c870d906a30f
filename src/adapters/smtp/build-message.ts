import { createTransport } from 'nodemailer'
import type { MailServer, RenderedMessage } from '../../modules/notifications/ports.ts'
import { systemClock } from '../../platform/clock.ts'

/** What DKIM signs where it is there: those that RFC 6376 advises, and both that one click unsubscribes by, as RFC 8058 wants. */
const SIGNED_HEADERS =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post'

/** Programs that show mail offer a button by these. */
function unsubscribeHeaders(url: string | undefined): Readonly<Record<string, string>> {
  if (url === undefined) return {}
  return { 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' }
}

/**
 * A message as its bytes go over the line (RFC 5322, MIME), signed where the server has DKIM.
 * @returns its Message-ID, too: the same for the same key, so that whoever gets it twice sees that it is one
 */
export async function buildMessage(
  { from, dkim }: Pick<MailServer, 'from' | 'dkim'>,
  { key, to, subject, text, html, attachments, unsubscribeUrl }: RenderedMessage,
): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const id = `<${key.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@${domain}>`
  const signing =
    dkim === null
      ? {}
      : {
          dkim: {
            ...{ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey },
            headerFieldNames: SIGNED_HEADERS,
          },
        }
  const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...signing })
  const { message } = await builder.sendMail({
    ...{ from, to: { name: '', address: to }, text, messageId: id, date: new Date(systemClock.nowMs()) },
    ...(subject === null ? {} : { subject }),
    ...(html === null ? {} : { html }),
    headers: { 'auto-submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
    // Nothing is read from files or addresses that a text may name.
    ...{ disableFileAccess: true, disableUrlAccess: true, xMailer: false },
    attachments: attachments.map(({ name: filename, type: contentType, content }) => ({
      ...{ filename, contentType, content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) },
    })),
  })
  return { id, bytes: message as Buffer }
}
