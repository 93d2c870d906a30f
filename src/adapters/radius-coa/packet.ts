import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Codes of RFC 5176, section 3. */
export const CODE = { disconnect: 40, coa: 43 } as const
const [ACK_AFTER, NAK_AFTER] = [1, 2]

/** Types of attributes that this adapter writes or reads by itself. */
const EVENT_TIMESTAMP = 55
const MESSAGE_AUTHENTICATOR = 80
const ERROR_CAUSE = 101

const HEADER_BYTES = 20
const AUTHENTICATOR_AT = 4
const DIGEST_BYTES = 16
const MAX_PACKET_BYTES = 4_096
export const MAX_VALUE_BYTES = 253
const NO_AUTHENTICATOR = Buffer.alloc(DIGEST_BYTES)

/** An attribute as it stands in a packet: its type, and at most 253 bytes. */
export interface RadiusAttribute {
  readonly type: number
  readonly value: Buffer
}

/** What a peer has answered: `cause` is the Error-Cause of a refusal, where it says one. */
export type RadiusReply = { readonly isDone: true } | { readonly isDone: false; readonly cause: number | null }

function encodeAttributes(attributes: readonly RadiusAttribute[]): Buffer {
  return Buffer.concat(
    attributes.map(({ type, value }) => Buffer.concat([Buffer.from([type, value.length + 2]), value])),
  )
}

/**
 * A request of RFC 5176, signed twice: by a Message-Authenticator (HMAC-MD5 over the packet with sixteen zero octets as its authenticator), which
 * stands first so that nobody can put attributes before it, and by the Request Authenticator (MD5 over the packet and the secret).
 * @param nowMs becomes the Event-Timestamp, by which a peer refuses what is old: the same in every retransmission
 * @throws RangeError where it would be longer than a packet may be
 */
export function encodeRequest(
  { code, identifier, attributes }: { code: number; identifier: number; attributes: readonly RadiusAttribute[] },
  secret: string,
  nowMs: number,
): Buffer {
  const at = Buffer.alloc(4)
  at.writeUInt32BE(Math.floor(nowMs / 1000))
  const signature = { type: MESSAGE_AUTHENTICATOR, value: NO_AUTHENTICATOR }
  const body = encodeAttributes([signature, ...attributes, { type: EVENT_TIMESTAMP, value: at }])
  const packet = Buffer.concat([Buffer.from([code, identifier, 0, 0]), NO_AUTHENTICATOR, body])
  if (packet.length > MAX_PACKET_BYTES) throw new RangeError(`the packet would have ${packet.length} bytes`)
  packet.writeUInt16BE(packet.length, 2)
  createHmac('md5', secret)
    .update(packet)
    .digest()
    .copy(packet, HEADER_BYTES + 2)
  createHash('md5').update(packet).update(secret).digest().copy(packet, AUTHENTICATOR_AT)
  return packet
}

/**
 * The answer to a request; null for what is none: of another request, by another secret, cut off, or no packet at all. Whoever waits goes on waiting.
 * @param request as it was sent
 */
export function readReply(bytes: Buffer, request: Buffer, secret: string): RadiusReply | null {
  if (bytes.length < HEADER_BYTES || bytes.length > MAX_PACKET_BYTES) return null
  const length = bytes.readUInt16BE(2)
  if (length < HEADER_BYTES || length > bytes.length || bytes[1] !== request[1]) return null
  // What stands behind the length is padding (RFC 2865, section 3).
  const packet = bytes.subarray(0, length)
  const asked = request[0] as number
  const isDone = packet[0] === asked + ACK_AFTER
  if (!isDone && packet[0] !== asked + NAK_AFTER) return null
  const attributes = readAttributes(packet)
  if (attributes === null) return null
  const signed = Buffer.from(packet)
  request.copy(signed, AUTHENTICATOR_AT, AUTHENTICATOR_AT, HEADER_BYTES)
  const digest = createHash('md5').update(signed).update(secret).digest()
  if (!timingSafeEqual(digest, packet.subarray(AUTHENTICATOR_AT, HEADER_BYTES))) return null
  const signature = attributes.find(({ type }) => type === MESSAGE_AUTHENTICATOR)
  if (signature !== undefined && !isSigned(signed, signature, secret)) return null
  if (isDone) return { isDone }
  const cause =
    attributes.find(({ type, value }) => type === ERROR_CAUSE && value.length === 4)?.value.readUInt32BE() ?? null
  return { isDone: false, cause }
}

/** @param packet with the Request Authenticator in its header */
function isSigned(packet: Buffer, { at, value }: PlacedAttribute, secret: string): boolean {
  if (value.length !== DIGEST_BYTES) return false
  const unsigned = Buffer.from(packet)
  unsigned.fill(0, at, at + DIGEST_BYTES)
  return timingSafeEqual(createHmac('md5', secret).update(unsigned).digest(), value)
}

interface PlacedAttribute extends RadiusAttribute {
  /** Where its value begins in the packet. */
  readonly at: number
}

/** The attributes of a packet; null where their lengths do not add up. */
function readAttributes(packet: Buffer): readonly PlacedAttribute[] | null {
  const found: PlacedAttribute[] = []
  for (let at = HEADER_BYTES; at < packet.length; ) {
    const [type, length] = [packet[at] as number, packet[at + 1] ?? 0]
    if (length < 2 || at + length > packet.length) return null
    found.push({ type, at: at + 2, value: packet.subarray(at + 2, at + length) })
    at += length
  }
  return found
}
