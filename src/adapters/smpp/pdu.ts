/** Commands of SMPP 3.4 (5.1.2.1) that a sender of messages meets. An answer has the highest bit. */
export const COMMAND = {
  genericNack: 0x8000_0000,
  bindTransceiver: 0x0000_0009,
  submitSm: 0x0000_0004,
  deliverSm: 0x0000_0005,
  unbind: 0x0000_0006,
  enquireLink: 0x0000_0015,
} as const
export const ANSWER_BIT = 0x8000_0000

/** Optional parameters (5.3.2). */
export const TLV = {
  ...{ receiptedMessageId: 0x001e, networkErrorCode: 0x0423, messagePayload: 0x0424, messageState: 0x0427 },
} as const

const HEADER_BYTES = 16
/** A message of 64 KiB is the longest that the protocol can carry. */
const MAX_PDU_BYTES = 70_000

export interface Pdu {
  readonly command: number
  readonly status: number
  readonly sequence: number
  readonly body: Buffer
}

/** What a peer sends is no SMPP. */
class NotSmpp extends Error {}

export function pduBytes({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(HEADER_BYTES + body.length, 0)
  header.writeUInt32BE(command, 4)
  header.writeUInt32BE(status, 8)
  header.writeUInt32BE(sequence, 12)
  return Buffer.concat([header, body])
}

/** Cuts what comes over a connection into PDUs. */
export class PduReader {
  private rest: Buffer[] = []
  private have = 0

  /** @throws NotSmpp where a length is none: what follows cannot be read, either */
  take(bytes: Buffer): Pdu[] {
    this.rest.push(bytes)
    this.have += bytes.length
    const found: Pdu[] = []
    for (let need = this.lengthOfNext(); need !== null && this.have >= need; need = this.lengthOfNext()) {
      const all = this.joined()
      found.push({
        command: all.readUInt32BE(4),
        status: all.readUInt32BE(8),
        sequence: all.readUInt32BE(12),
        body: all.subarray(HEADER_BYTES, need),
      })
      this.rest = [all.subarray(need)]
      this.have -= need
    }
    return found
  }

  private lengthOfNext(): number | null {
    if (this.have < HEADER_BYTES) return null
    const [first] = this.rest
    const length = (first !== undefined && first.length >= 4 ? first : this.joined()).readUInt32BE(0)
    if (length < HEADER_BYTES || length > MAX_PDU_BYTES) throw new NotSmpp(`a PDU of ${length} bytes`)
    return length
  }

  private joined(): Buffer {
    const [first] = this.rest
    const all = this.rest.length === 1 && first !== undefined ? first : Buffer.concat(this.rest)
    this.rest = [all]
    return all
  }
}

/** Reads a body from its beginning. What is not there is empty, as centres leave out what they do not know. */
export class BodyReader {
  private at = 0
  private readonly body: Buffer

  constructor(body: Buffer) {
    this.body = body
  }

  /** Text up to a zero byte. */
  text(): string {
    const end = this.body.indexOf(0, this.at)
    const stop = end === -1 ? this.body.length : end
    const text = this.body.toString('latin1', this.at, stop)
    this.at = Math.min(stop + 1, this.body.length)
    return text
  }

  byte(): number {
    return this.body[this.at++] ?? 0
  }

  bytes(count: number): Buffer {
    const found = this.body.subarray(this.at, this.at + count)
    this.at += count
    return found
  }

  /** The optional parameters, which are the rest. One that is cut off is left out. */
  tlvs(): ReadonlyMap<number, Buffer> {
    const found = new Map<number, Buffer>()
    while (this.at + 4 <= this.body.length) {
      const [tag, length] = [this.body.readUInt16BE(this.at), this.body.readUInt16BE(this.at + 2)]
      this.at += 4
      if (this.at + length > this.body.length) break
      found.set(tag, this.bytes(length))
    }
    return found
  }
}

/** A text with the zero byte behind it. What is not of ISO 8859-1 does not belong there. */
export function cString(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1')
}

export function tlv(tag: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16BE(tag, 0)
  header.writeUInt16BE(value.length, 2)
  return Buffer.concat([header, value])
}
