import { createHash, createHmac } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'

/**
 * What goes wrong with one datagram.
 * - `lost`: it never came; `unanswered`: it was done, and the answer is lost
 * - `garbled`: the answer is none; `stranger`: the answer is signed with another secret
 * - `refused`: no, administratively prohibited; `absent`: there is no such session
 * - `twice`: the answer comes twice
 */
export type NasTrouble = 'none' | 'lost' | 'unanswered' | 'garbled' | 'stranger' | 'refused' | 'absent' | 'twice'

/** A request that was taken, once, however often it came. */
export interface NasRequest {
  readonly code: number
  readonly identifier: number
  /** By the type of the attribute. */
  readonly attributes: ReadonlyMap<number, Buffer>
}

const [COA, DISCONNECT] = [43, 40]
const CAUSES: Readonly<Record<string, number>> = { refused: 501, absent: 503 }

/** A network access server that takes CoA-Request and Disconnect-Request (RFC 5176), checks both signatures, and misbehaves on purpose. */
export class FakeNas {
  readonly taken: NasRequest[] = []
  /** Datagrams that came, those that were lost among them. */
  datagrams = 0
  /** Those whose signatures were wrong: they are not answered, as RFC 5176 has it. */
  unsigned = 0
  /** What goes wrong with the next datagrams; the last one stays. */
  readonly troubles: NasTrouble[] = []
  readonly secret: string
  private readonly done = new Map<string, Buffer>()
  private readonly socket: Socket

  private constructor(secret: string, socket: Socket) {
    this.secret = secret
    this.socket = socket
    socket.on('message', (bytes, from) => this.take(bytes, from))
  }

  static async listen(secret: string): Promise<FakeNas> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return new FakeNas(secret, socket)
  }

  get port(): number {
    return this.socket.address().port
  }

  close(): void {
    this.socket.close()
  }

  /** What was asked of a service: `disconnect`, or the text of an attribute of a change. */
  asked(service: string, attribute = 11): string[] {
    return this.taken
      .filter(({ attributes }) => attributes.get(1)?.toString() === service)
      .map(({ code, attributes }) => (code === DISCONNECT ? 'disconnect' : (attributes.get(attribute)?.toString() ?? '')))
  }

  private take(bytes: Buffer, from: RemoteInfo): void {
    this.datagrams++
    const trouble = (this.troubles.length > 1 ? this.troubles.shift() : this.troubles[0]) ?? 'none'
    if (trouble === 'lost') return
    const attributes = this.read(bytes)
    if (attributes === null) {
      this.unsigned++
      return
    }
    const name = bytes.toString('base64')
    const isRepeated = this.done.has(name)
    const code = bytes[0] as number
    if (!isRepeated && CAUSES[trouble] === undefined) this.taken.push({ code, identifier: bytes[1] as number, attributes })
    const cause = CAUSES[trouble]
    const answer = this.done.get(name) ?? this.answer(bytes, code + (cause === undefined ? 1 : 2), cause, this.secret)
    if (cause === undefined) this.done.set(name, answer)
    if (trouble === 'unanswered') return
    if (trouble === 'garbled') return this.send(Buffer.from('no packet of RADIUS'), from)
    if (trouble === 'stranger') return this.send(this.answer(bytes, code + 1, undefined, `${this.secret}?`), from)
    this.send(answer, from)
    if (trouble === 'twice') this.send(answer, from)
  }

  private send(bytes: Buffer, { port, address }: RemoteInfo): void {
    this.socket.send(bytes, port, address)
  }

  /** The attributes of a request whose signatures are right. */
  private read(bytes: Buffer): Map<number, Buffer> | null {
    if (bytes.length < 20 || bytes.readUInt16BE(2) !== bytes.length || ![COA, DISCONNECT].includes(bytes[0] as number))
      return null
    const unsigned = Buffer.from(bytes)
    unsigned.fill(0, 4, 20)
    const digest = createHash('md5').update(unsigned).update(this.secret).digest()
    if (!digest.equals(bytes.subarray(4, 20))) return null
    const attributes = new Map<number, Buffer>()
    for (let at = 20; at < bytes.length; at += bytes[at + 1] as number) {
      const value = bytes.subarray(at + 2, at + (bytes[at + 1] as number))
      if (bytes[at] === 80) unsigned.fill(0, at + 2, at + 18)
      attributes.set(bytes[at] as number, value)
    }
    const hmac = createHmac('md5', this.secret).update(unsigned).digest()
    return attributes.get(80)?.equals(hmac) === true ? attributes : null
  }

  private answer(request: Buffer, code: number, cause: number | undefined, secret: string): Buffer {
    const errorCause = cause === undefined ? [] : [101, 6, 0, 0, cause >> 8, cause & 255]
    const body = Buffer.from([80, 18, ...Array.from({ length: 16 }, () => 0), ...errorCause])
    const packet = Buffer.concat([Buffer.from([code, request[1] as number, 0, 20 + body.length]), request.subarray(4, 20), body])
    createHmac('md5', secret).update(packet).digest().copy(packet, 22)
    createHash('md5').update(packet).update(secret).digest().copy(packet, 4)
    return packet
  }
}
