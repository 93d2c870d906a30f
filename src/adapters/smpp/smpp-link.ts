import type { Socket } from 'node:net'
import { ANSWER_BIT, COMMAND, type Pdu, PduReader, pduBytes } from './pdu.ts'

/** Receipts that are written down at one time; a centre that sends more is told to wait. */
const MAX_DELIVERED_AT_ONCE = 100
/** Bytes that the other side has not taken yet: who asks and asks and reads no answer would fill the memory of the process. */
const MAX_UNREAD_BYTES = 4_000_000
const QUEUE_FULL = 0x14
const UNKNOWN_COMMAND = 0x03
const MAX_SEQUENCE = 0x7fff_ffff

/** How long is waited, in milliseconds: tests wait less. */
export interface SmppTiming {
  readonly connectMs: number
  /** For the answer to a message. */
  readonly answerMs: number
  /** Between two questions whether the other side is there, and for the answer. */
  readonly enquireMs: number
  /** Before the first attempt to connect again; twice as long before each further one. */
  readonly firstPauseMs: number
}

export const SMPP_TIMING: SmppTiming = { connectMs: 15_000, answerMs: 60_000, enquireMs: 30_000, firstPauseMs: 1_000 }

export type LinkAnswer = { readonly status: number; readonly body: Buffer }

interface Owner {
  /** @returns the status that a delivered message is answered with */
  deliver(body: Buffer): Promise<number>
  /** Called once. What was not answered has been answered with null before. */
  lost(said: string): void
}

/** One connection with a centre: requests and their answers, both ways. */
export class SmppLink {
  private readonly socket: Socket
  private readonly owner: Owner
  private readonly reader = new PduReader()
  private readonly pending = new Map<number, (answer: LinkAnswer | null) => void>()
  private sequence = 0
  private delivering = 0
  private heardSinceEnquiry = true
  private isOver = false
  private readonly enquiring: NodeJS.Timeout

  constructor(socket: Socket, owner: Owner, enquireMs: number) {
    this.socket = socket
    this.owner = owner
    this.enquiring = setInterval(() => this.enquire(), enquireMs)
    this.enquiring.unref()
    socket.on('data', (bytes: Buffer) => this.read(bytes))
    socket.on('error', () => this.end('the connection was broken off'))
    socket.on('close', () => this.end('the centre ended the connection'))
  }

  /** @returns null where there was no answer in time, or the connection ended before it */
  async request(command: number, body: Buffer, answerMs: number): Promise<LinkAnswer | null> {
    if (this.isOver) return null
    const sequence = this.nextSequence()
    return new Promise((resolve) => {
      const settle = (answer: LinkAnswer | null): void => {
        clearTimeout(timer)
        this.pending.delete(sequence)
        resolve(answer)
      }
      const timer = setTimeout(() => settle(null), answerMs)
      this.pending.set(sequence, settle)
      this.write({ command, status: 0, sequence, body })
    })
  }

  /** Ends the connection; what was not answered is answered with null. */
  end(said: string): void {
    if (this.isOver) return
    this.isOver = true
    clearInterval(this.enquiring)
    this.socket.destroy()
    for (const settle of [...this.pending.values()]) settle(null)
    this.owner.lost(said)
  }

  /** Says good-bye and ends; the other side is not waited for. */
  unbind(): void {
    if (this.isOver) return
    this.write({ command: COMMAND.unbind, status: 0, sequence: this.nextSequence(), body: Buffer.alloc(0) })
    this.socket.end()
    this.end('it was closed')
  }

  private write(pdu: Pdu): void {
    if (this.socket.destroyed) return
    if (this.socket.writableLength > MAX_UNREAD_BYTES) this.end('the centre reads nothing of what it is answered')
    else this.socket.write(pduBytes(pdu))
  }

  private read(bytes: Buffer): void {
    this.heardSinceEnquiry = true
    try {
      for (const pdu of this.reader.take(bytes)) if (!this.isOver) this.hear(pdu)
    } catch {
      this.end('what the other side sends is no SMPP')
    }
  }

  private hear({ command, status, sequence, body }: Pdu): void {
    const answer = (as: number, code = 0, content = Buffer.alloc(0)): void =>
      this.write({ command: as, status: code, sequence, body: content })
    // `& ANSWER_BIT` is negative in 32 bits: only whether it is zero counts.
    if ((command & ANSWER_BIT) !== 0) this.pending.get(sequence)?.({ status, body })
    else if (command === COMMAND.enquireLink) answer(COMMAND.enquireLink + ANSWER_BIT)
    else if (command === COMMAND.deliverSm)
      void this.deliver(body).then((code) => answer(COMMAND.deliverSm + ANSWER_BIT, code, Buffer.alloc(1)))
    else if (command === COMMAND.unbind) {
      answer(COMMAND.unbind + ANSWER_BIT)
      this.end('the centre said good-bye')
    } else answer(COMMAND.genericNack, UNKNOWN_COMMAND)
  }

  private async deliver(body: Buffer): Promise<number> {
    if (this.delivering >= MAX_DELIVERED_AT_ONCE) return QUEUE_FULL
    this.delivering++
    try {
      return await this.owner.deliver(body)
    } finally {
      this.delivering--
    }
  }

  /** A side from which nothing came since the last question is not there. */
  private enquire(): void {
    if (!this.heardSinceEnquiry) {
      this.end('the centre does not answer any more')
      return
    }
    this.heardSinceEnquiry = false
    const pdu = { command: COMMAND.enquireLink, status: 0, sequence: this.nextSequence(), body: Buffer.alloc(0) }
    this.write(pdu)
  }

  private nextSequence(): number {
    this.sequence = this.sequence >= MAX_SEQUENCE ? 1 : this.sequence + 1
    return this.sequence
  }
}
