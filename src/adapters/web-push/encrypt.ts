import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** The keys of one subscription of a browser, as bytes: 65 of a point of P-256, and 16. */
export interface SubscriptionKeys {
  readonly p256dh: Buffer
  readonly auth: Buffer
}

/** A body of one record, which is what push services take at least (RFC 8030, 7.2). */
const MAX_BODY_BYTES = 4_096
const HEADER_BYTES = 16 + 4 + 1 + 65
const TAG_BYTES = 16
/** Behind the text stands one byte that says that it is the last record. */
export const MAX_PLAIN_BYTES = MAX_BODY_BYTES - HEADER_BYTES - TAG_BYTES - 1
const LAST_RECORD = Buffer.from([2])

/**
 * Encrypts a message so that the browser alone reads it (RFC 8291, with the content encoding `aes128gcm` of RFC 8188).
 * @param chance new for each message: 16 bytes, and a private key of P-256
 * @throws Error where `p256dh` is no point of the curve
 */
export function encryptPush(
  plain: Buffer,
  { p256dh, auth }: SubscriptionKeys,
  chance: { readonly salt: Buffer; readonly privateKey: Buffer } = {
    salt: randomBytes(16),
    privateKey: newPrivateKey(),
  },
): Buffer {
  const own = createECDH('prime256v1')
  own.setPrivateKey(chance.privateKey)
  const ownPublic = own.getPublicKey()
  const shared = own.computeSecret(p256dh)
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, ownPublic])
  const secret = derive(shared, auth, keyInfo, 32)
  const key = derive(secret, chance.salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, chance.salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const record = Buffer.concat([
    cipher.update(Buffer.concat([plain, LAST_RECORD])),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  const header = Buffer.alloc(HEADER_BYTES)
  chance.salt.copy(header, 0)
  header.writeUInt32BE(MAX_BODY_BYTES, 16)
  header.writeUInt8(ownPublic.length, 20)
  ownPublic.copy(header, 21)
  return Buffer.concat([header, record])
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
}

function newPrivateKey(): Buffer {
  const made = createECDH('prime256v1')
  made.generateKeys()
  // Without zeros in front it may be shorter than the curve's numbers are.
  const key = made.getPrivateKey()
  return Buffer.concat([Buffer.alloc(32 - key.length), key])
}
