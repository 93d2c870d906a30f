import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { DeliveryFailure, MailServer, SendAnswer } from '../../modules/notifications/ports.ts'

const CONNECT_MS = 15_000
/** Of silence: servers look for viruses before they answer. */
const SILENCE_MS = 120_000
/** Of one answer of a server. */
const MAX_ANSWER_BYTES = 16_384
const MAX_SAID = 300
/** Bytes that are written at once. */
const PART = 64 * 1024

interface Message {
  readonly id: string
  readonly to: string
  readonly bytes: Buffer
}

interface SessionFault extends Error {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
}

/**
 * Hands one message to a server. Until its first byte is asked for, the server has nothing of it: what goes wrong before is a failure. After that only the server knows:
 * an answer is one, and silence is `unknown`.
 * @param address what the name of the server stands for
 */
export async function sendOver(
  server: MailServer,
  address: string,
  message: Message,
  signal: AbortSignal,
): Promise<SendAnswer> {
  const { security, port, host, caCertificate, from, login } = server
  const connection = new SMTPConnection({
    ...{ host: address, port, name: from.address.slice(from.address.lastIndexOf('@') + 1) },
    ...{ secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    tls: { servername: host, minVersion: 'TLSv1.2', ...(caCertificate === null ? {} : { ca: caCertificate }) },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    ...{ maxResponseSize: MAX_ANSWER_BYTES, logger: false },
  })
  let isHandedOver = false
  const body = Readable.from(
    (function* () {
      isHandedOver = true
      for (let at = 0; at < message.bytes.length; at += PART) yield message.bytes.subarray(at, at + PART)
    })(),
    { objectMode: false },
  )
  const aborted = new Error('it took too long')
  try {
    const said = await new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(aborted), { once: true })
      connection.on('error', reject)
      connection.once('end', () => reject(new Error('the server ended the connection')))
      const send = (): void =>
        connection.send({ from: from.address, to: [message.to], size: message.bytes.length }, body, (error, info) =>
          error === null ? resolve(info.response) : reject(error),
        )
      connection.connect((error) => {
        if (error !== undefined && error !== null) return reject(error)
        if (login === null) return send()
        connection.login({ user: login.user, credentials: { user: login.user, pass: login.password } }, (refused) =>
          refused === null ? send() : reject(refused),
        )
      })
    })
    connection.quit()
    return { outcome: 'accepted', id: message.id, said: said.slice(0, MAX_SAID) }
  } catch (error) {
    connection.close()
    if (error === aborted) return { outcome: 'unknown', said: aborted.message }
    return answerTo(error as SessionFault, isHandedOver)
  }
}

/** Commands whose answers are about the message, its sender and who gets it. */
const OF_MESSAGE: ReadonlySet<string> = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

function answerTo({ message, response, responseCode, command, code }: SessionFault, isHandedOver: boolean): SendAnswer {
  const said = (response ?? message).replaceAll(/\s+/g, ' ').slice(0, MAX_SAID)
  // The address is none that could be written in a command: no server was asked, and another time it is the same.
  if (code === 'EENVELOPE' && responseCode === undefined)
    return { outcome: 'failed', reason: 'no_such_address', mayRetry: false, said }
  if (responseCode === undefined && isHandedOver) return { outcome: 'unknown', said }
  // What is wrong with the line, its TLS or the login is wrong with every message: it may be mended meanwhile.
  const isOfServer = responseCode === undefined || !OF_MESSAGE.has(command ?? '')
  if (isOfServer || responseCode < 500) {
    const isTooMany = responseCode === 421 || responseCode === 450 || responseCode === 452
    return { outcome: 'failed', reason: isTooMany ? 'too_many' : 'unavailable', mayRetry: true, said }
  }
  return { outcome: 'failed', reason: reasonOf(responseCode, command, said), mayRetry: false, said }
}

/** Classes of the codes of RFC 3463 that say that nobody has this address: 5.1.1 to 5.1.3, 5.1.6 (moved), 5.1.10 (takes no mail), 5.2.1 (closed). */
const NO_ADDRESS = /^5\.(1\.([01236]|10)|2\.1)$/

/** `550 5.7.1 Relaying denied` is about us, and no reason to write to the address never again; a `550` that says no more is about the address. */
function reasonOf(responseCode: number, command: string | undefined, said: string): DeliveryFailure {
  if (responseCode === 552) return 'too_long'
  if (command !== 'RCPT TO') return 'blocked'
  const [, exact] = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(said) ?? []
  const isOfAddress =
    exact === undefined ? responseCode === 550 || responseCode === 551 || responseCode === 553 : NO_ADDRESS.test(exact)
  return isOfAddress ? 'no_such_address' : 'blocked'
}
