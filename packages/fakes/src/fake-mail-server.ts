import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/**
 * What goes wrong with one message.
 * - `busy`: it is refused for now, before any of it was sent; `full`: after all of it was
 * - `vanishes`: the server takes it and ends the connection without an answer
 * - `silent`: the server takes it and says nothing; `mute`: it says nothing when it hears who gets it
 */
export type MailTrouble = 'none' | 'busy' | 'full' | 'vanishes' | 'silent' | 'mute'

export interface MailServerOptions {
  /** The certificate and key of TLS, as PEM; without them there is none. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly fromFirstByte: boolean }
  readonly login?: { readonly user: string; readonly password: string }
  /** Gets each message instead of the inbox: many of them are too many to be kept. */
  readonly sink?: (bytes: Buffer) => void
  /** Messages of one connection; the next one is refused for good. */
  readonly mostPerConnection?: number
  /** Asked once for each message. */
  readonly trouble?: () => MailTrouble
}

/**
 * A mail server that keeps what it gets, read by a parser of its own. An address that begins with `nobody` is not there; one that begins with `grey` is told
 * to come again, the first time.
 */
export class FakeMailServer {
  readonly inbox: ParsedMail[] = []
  /** The same as bytes. */
  readonly raw: Buffer[] = []
  /** How often a message was begun: its sender was named. */
  begun = 0
  /** Connections that were made to it. */
  connections = 0
  private readonly server: SMTPServer

  constructor({ tls, login, sink, mostPerConnection, trouble = () => 'none' }: MailServerOptions = {}) {
    const greylisted = new Set<string>()
    const sent = new Map<string, number>()
    const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })
    let now: MailTrouble = 'none'
    this.server = new SMTPServer({
      ...(tls === undefined ? {} : { cert: tls.cert, key: tls.key, secure: tls.fromFirstByte }),
      ...{ authOptional: login === undefined, logger: false, closeTimeout: 10 },
      disabledCommands: [...(tls === undefined ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])],
      allowInsecureAuth: tls === undefined,
      onConnect: (_session, done) => {
        this.connections++
        done()
      },
      onAuth: ({ username, password }, _session, done) =>
        login !== undefined && username === login.user && password === login.password
          ? done(null, { user: username })
          : done(refusal(535, 'Authentication credentials invalid')),
      onMailFrom: (_address, { id }, done) => {
        this.begun++
        const count = (sent.get(id) ?? 0) + 1
        sent.set(id, count)
        if (mostPerConnection !== undefined && count > mostPerConnection)
          return done(refusal(550, '5.7.0 Too many messages in this session'))
        now = trouble()
        done(now === 'busy' ? refusal(451, 'Try again later') : null)
      },
      onRcptTo: ({ address }, _session, done) => {
        if (now === 'mute') return
        if (address.startsWith('nobody')) return done(refusal(550, `No such user: ${address}`))
        if (!address.startsWith('grey') || greylisted.has(address)) return done()
        greylisted.add(address)
        return done(refusal(451, '4.7.1 Greylisted, come again'))
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (now === 'full') return done(refusal(452, 'Mailbox full'))
          const bytes = Buffer.concat(parts)
          if (sink !== undefined) {
            sink(bytes)
            return done()
          }
          this.raw.push(bytes)
          void simpleParser(bytes).then((mail) => {
            this.inbox.push(mail)
            if (now === 'none') done()
            else if (now === 'vanishes') this.hangUp(session.id)
          })
        })
      },
    })
    this.server.on('error', () => undefined)
  }

  /** @returns the port that it listens on, of this machine */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return (this.server.server.address() as AddressInfo).port
  }

  /** Ends connections without a word. @param id of one; all of them when absent */
  hangUp(id?: string): void {
    const { connections } = this.server as unknown as { connections: Set<{ id: string; _socket: { destroy: () => void } }> }
    for (const one of connections) if (id === undefined || one.id === id) one._socket.destroy()
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }
}
