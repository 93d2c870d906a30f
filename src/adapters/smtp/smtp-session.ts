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

/** Messages that go over one connection: some servers end those that last. */
const MOST_MESSAGES = 100
/** Connections that wait for a next message, and for how long. */
const [MOST_IDLE, IDLE_MS] = [8, 2_000]

interface Session {
  readonly connection: SMTPConnection
  readonly address: string
  messages: number
  /** The server has ended it. */
  isOver: boolean
  /** Gets what goes wrong while somebody waits for an answer. */
  onFault: (error: Error) => void
  idle?: NodeJS.Timeout
}

/**
 * Connections to the mail server of one tenant. Most of the time of a message goes into greetings, TLS and the login: over a connection that is there, the next one goes
 * without them.
 */
export class SmtpSessions {
  private readonly server: MailServer
  private readonly idle: Session[] = []

  constructor(server: MailServer) {
    this.server = server
  }

  /**
   * Hands one message to the server. Until its first byte is asked for, the server has nothing of it: what goes wrong before is a failure. After that only the server knows:
   * an answer is one, and silence is `unknown`. A connection that was kept and is found broken before is no failure: the message goes over another one.
   * @param address what the name of the server stands for
   */
  async send(address: string, message: Message, signal: AbortSignal): Promise<SendAnswer> {
    const kept = this.take(address)
    if (kept !== null) {
      const answer = await this.sendOver(kept, message, signal)
      if (answer !== 'broken') return answer
    }
    const answer = await this.sendOver(this.begin(address), message, signal)
    return answer === 'broken' ? { outcome: 'failed', reason: 'unavailable', mayRetry: true } : answer
  }

  private take(address: string): Session | null {
    for (let session = this.idle.pop(); session !== undefined; session = this.idle.pop()) {
      clearTimeout(session.idle)
      if (!session.isOver && session.address === address) return session
      session.connection.quit()
    }
    return null
  }

  private begin(address: string): Session {
    const { security, port, host, caCertificate, from } = this.server
    const connection = new SMTPConnection({
      ...{ host: address, port, name: from.address.slice(from.address.lastIndexOf('@') + 1) },
      ...{ secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
      tls: { servername: host, minVersion: 'TLSv1.2', ...(caCertificate === null ? {} : { ca: caCertificate }) },
      ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
      ...{ maxResponseSize: MAX_ANSWER_BYTES, logger: false },
    })
    const session: Session = { connection, address, messages: 0, isOver: false, onFault: () => undefined }
    const end = (error: Error): void => {
      session.isOver = true
      session.onFault(error)
    }
    connection.on('error', end)
    connection.once('end', () => end(new Error('the server ended the connection')))
    return session
  }

  private keep(session: Session): void {
    session.messages++
    session.onFault = () => undefined
    if (session.isOver || session.messages >= MOST_MESSAGES || this.idle.length >= MOST_IDLE) {
      session.connection.quit()
      return
    }
    this.idle.push(session)
    session.idle = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(session), 1)
      session.connection.quit()
    }, IDLE_MS)
    session.idle.unref()
  }

  /** @returns `broken` where a connection that was kept has ended before the server had anything of the message */
  private async sendOver(session: Session, message: Message, signal: AbortSignal): Promise<SendAnswer | 'broken'> {
    const { from, login } = this.server
    const { connection } = session
    const isKept = session.messages > 0
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
        session.onFault = reject
        const send = (): void =>
          connection.send({ from: from.address, to: [message.to], size: message.bytes.length }, body, (error, info) =>
            error === null ? resolve(info.response) : reject(error),
          )
        if (isKept) return send()
        connection.connect((error) => {
          if (error !== undefined && error !== null) return reject(error)
          if (login === null) return send()
          connection.login({ user: login.user, credentials: { user: login.user, pass: login.password } }, (refused) =>
            refused === null ? send() : reject(refused),
          )
        })
      })
      this.keep(session)
      return { outcome: 'accepted', id: message.id, said: said.slice(0, MAX_SAID) }
    } catch (error) {
      session.onFault = () => undefined
      connection.close()
      if (error === aborted) {
        const said = aborted.message
        return isHandedOver
          ? { outcome: 'unknown', said }
          : { outcome: 'failed', reason: 'unavailable', mayRetry: true, said }
      }
      if (isKept && !isHandedOver && isOfConnection(error as SessionFault)) return 'broken'
      return answerTo(error as SessionFault, isHandedOver)
    }
  }
}

/** The server ends the connection. */
const GOODBYE = 421

/** What may be otherwise over another connection: some servers refuse the sender when so many messages have come over one. */
function isOfConnection({ responseCode, command }: SessionFault): boolean {
  return responseCode === undefined || responseCode === GOODBYE || command === 'MAIL FROM'
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
    // Of one recipient only: grey lists ask to come again, and others get their mail meanwhile.
    if (!isOfServer && command === 'RCPT TO' && responseCode !== GOODBYE)
      return { outcome: 'failed', reason: 'deferred', mayRetry: true, said }
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
