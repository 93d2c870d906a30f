import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { DeliveryReceipt, SmppServer } from '../../modules/notifications/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { NotOutside, outsideAddress } from '../../platform/outside-address.ts'
import { growingPauseMs } from '../../platform/patience.ts'
import { COMMAND, cString } from './pdu.ts'
import { receiptIn } from './receipts.ts'
import { type LinkAnswer, SmppLink, type SmppTiming } from './smpp-link.ts'

/** Messages that wait for their turn; more are told to come later. */
const MAX_WAITING = 1_000
const MAX_PAUSE_MS = 60_000
/** The version of the protocol, 3.4. */
const VERSION = 0x34
/** "Not now": the centre sends the receipt again later. */
const TEMPORARY = 0x64
/** Name and password are not taken: asking again and again gets them blocked. */
const REFUSED_BINDS: ReadonlySet<number> = new Set([0x0d, 0x0e, 0x0f])

/**
 * What came of handing one PDU over.
 * - `not_sent`: the centre has nothing of it; `forbidden` where it never will
 * - `lost`: it may have it
 */
export type Submitted = ({ readonly outcome: 'answered' } & LinkAnswer) | Failed
interface Failed {
  readonly outcome: 'not_sent' | 'forbidden' | 'full' | 'lost'
  readonly said: string
}

interface Waiting {
  readonly body: Buffer
  settle(submitted: Submitted): void
  isSettled: boolean
}

type TakeReceipt = (receipt: DeliveryReceipt) => Promise<void>

/**
 * What one tenant has with its centre: a connection that is bound when the first message is to go, is bound again after it was lost, and carries no more at
 * one time and in one second than was agreed.
 */
export class SmppSession {
  /** Who keeps receipts; without anybody the centre keeps them. */
  private takeReceipt: TakeReceipt | null = null
  private readonly server: SmppServer
  private readonly privateHosts: readonly string[]
  private readonly timing: SmppTiming
  private link: SmppLink | null = null
  private isConnecting = false
  private isClosed = false
  private inFlight = 0
  private nextAtMs = 0
  private failures = 0
  private retryAtMs = 0
  private why: Failed = { outcome: 'not_sent', said: 'it is not connected' }
  private waiting: Waiting[] = []
  private pumping: NodeJS.Timeout | null = null
  private reconnecting: NodeJS.Timeout | null = null
  /** The centre took no name and password: only who has something to send asks again. */
  private isRefused = false
  private wasBound = false

  constructor(server: SmppServer, privateHosts: readonly string[], timing: SmppTiming) {
    this.server = server
    this.privateHosts = privateHosts
    this.timing = timing
  }

  /** Hands over one `submit_sm`, as soon as it is its turn. @param signal that aborts makes it `lost` */
  async submit(body: Buffer, signal: AbortSignal): Promise<Submitted> {
    if (this.isClosed) return { outcome: 'not_sent', said: 'it is closed' }
    if (this.waiting.length >= MAX_WAITING) return { outcome: 'full', said: 'too many messages wait for the centre' }
    return new Promise((resolve) => {
      const onAbort = (): void => one.settle({ outcome: 'lost', said: 'it took too long' })
      const one: Waiting = {
        body,
        isSettled: false,
        settle: (submitted) => {
          one.isSettled = true
          signal.removeEventListener('abort', onAbort)
          resolve(submitted)
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) return onAbort()
      this.waiting.push(one)
      this.pump()
    })
  }

  /** Connects where it is not connected, since the centre may have receipts. A centre that refused the password is not asked for that. */
  listen(take: TakeReceipt): void {
    this.takeReceipt = take
    if (!this.isRefused && systemClock.nowMs() >= this.retryAtMs) this.beginConnecting()
  }

  /** Nothing is sent after that. What has no answer yet has none. */
  close(): void {
    this.isClosed = true
    for (const timer of [this.pumping, this.reconnecting]) if (timer !== null) clearTimeout(timer)
    this.link?.unbind()
    this.giveUp({ outcome: 'not_sent', said: 'it was closed' })
  }

  private pump(): void {
    this.waiting = this.waiting.filter(({ isSettled }) => !isSettled)
    while (this.waiting.length > 0 && this.inFlight < this.server.maxInFlight) {
      const { link } = this
      if (link === null) {
        this.connect()
        return
      }
      const nowMs = systemClock.nowMs()
      // A clock that was set back makes nobody wait for longer than one turn.
      const turnMs = Math.ceil(1_000 / this.server.perSecond)
      const waitMs = Math.min(this.nextAtMs - nowMs, turnMs)
      if (waitMs > 0) {
        this.pumping ??= setTimeout(() => {
          this.pumping = null
          this.pump()
        }, waitMs)
        return
      }
      this.nextAtMs = nowMs + turnMs
      const one = this.waiting.shift()
      if (one !== undefined) void this.hand(link, one)
    }
  }

  private async hand(link: SmppLink, one: Waiting): Promise<void> {
    this.inFlight++
    const answer = await link.request(COMMAND.submitSm, one.body, this.timing.answerMs)
    this.inFlight--
    one.settle(
      answer === null ? { outcome: 'lost', said: 'the centre did not answer' } : { outcome: 'answered', ...answer },
    )
    if (!this.isClosed) this.pump()
  }

  /** For who has something to send: not sooner after a failure than the pause is over. */
  private connect(): void {
    if (systemClock.nowMs() < this.retryAtMs) this.giveUp(this.why)
    else this.beginConnecting()
  }

  private beginConnecting(): void {
    if (this.isClosed || this.link !== null || this.isConnecting) return
    this.isConnecting = true
    void this.bind().then((failed) => {
      this.isConnecting = false
      if (failed !== null) {
        this.lose(failed)
        return
      }
      this.failures = 0
      if (this.isClosed) this.link?.unbind()
      else this.pump()
    })
  }

  /** @returns why it did not come to be; null where it is bound */
  private async bind(): Promise<Failed | null> {
    const { host, port, systemId, password, systemType } = this.server
    let socket: Socket
    try {
      socket = await this.open(await outsideAddress(host, port, this.privateHosts))
    } catch (error) {
      if (error instanceof NotOutside) return { outcome: 'forbidden', said: error.message }
      return { outcome: 'not_sent', said: 'the centre cannot be reached' }
    }
    let hasEnded = 'the centre did not answer'
    const link = new SmppLink(
      socket,
      {
        deliver: async (body) => this.deliver(body),
        lost: (said) => {
          hasEnded = said
          if (this.link === link) this.lose({ outcome: 'not_sent', said })
        },
      },
      this.timing.enquireMs,
    )
    const body = Buffer.concat([
      cString(systemId),
      cString(password),
      cString(systemType),
      Buffer.from([VERSION, 0, 0, 0]),
    ])
    const answer = await link.request(COMMAND.bindTransceiver, body, this.timing.connectMs)
    if (answer?.status === 0) {
      this.link = link
      this.isRefused = false
      this.wasBound = true
      return null
    }
    link.end('it was not bound')
    if (answer === null) return { outcome: 'not_sent', said: hasEnded }
    this.isRefused = REFUSED_BINDS.has(answer.status)
    const how = this.isRefused ? 'does not take the name and password' : 'refused to be bound with'
    return { outcome: 'not_sent', said: `the centre ${how} (status ${answer.status})` }
  }

  private async open(address: string): Promise<Socket> {
    const { host, port, security, caCertificate } = this.server
    const ca = caCertificate === null ? {} : { ca: caCertificate }
    const isTls = security === 'tls'
    const socket = isTls
      ? connectTls({ host: address, port, servername: host, minVersion: 'TLSv1.2', ...ca })
      : connectPlain({ host: address, port })
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        socket.destroy()
        reject(new Error('it could not be connected with'))
      }
      socket.setTimeout(this.timing.connectMs, fail)
      socket.once('error', fail)
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        socket.setTimeout(0)
        socket.setNoDelay(true)
        socket.off('error', fail)
        resolve(socket)
      })
    })
  }

  private async deliver(body: Buffer): Promise<number> {
    const receipt = receiptIn(body, this.server)
    // A message that somebody sent to us, or a receipt on the way: nobody here waits for it.
    if (receipt === null) return 0
    if (this.takeReceipt === null) return TEMPORARY
    try {
      await this.takeReceipt(receipt)
      return 0
    } catch {
      return TEMPORARY
    }
  }

  /** A centre that was there before, or that somebody listens to, is connected with again by itself, since it may have receipts. */
  private lose(why: Failed): void {
    this.link = null
    if (this.isClosed) return
    this.why = why
    this.failures++
    const pauseMs = growingPauseMs(this.failures, this.timing.firstPauseMs, MAX_PAUSE_MS)
    this.retryAtMs = systemClock.nowMs() + pauseMs
    this.giveUp(why)
    if ((!this.wasBound && this.takeReceipt === null) || this.isRefused) return
    if (this.reconnecting !== null) clearTimeout(this.reconnecting)
    this.reconnecting = setTimeout(() => this.beginConnecting(), pauseMs)
    this.reconnecting.unref()
  }

  private giveUp(why: Failed): void {
    for (const one of this.waiting.splice(0)) if (!one.isSettled) one.settle(why)
  }
}
