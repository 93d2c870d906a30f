import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto'

/** How long a signature holds; services take a day at most (RFC 8292, 2). */
const HOLDS_SECONDS = 12 * 3_600

/** The key pair by which push services know who sends. */
export interface VapidKey {
  /** As browsers are given it when they subscribe: 65 bytes in base64url. */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

/** @param secret 32 bytes in base64url, as `kvit channel vapid-key` makes them @throws Error where it is no key of P-256 */
export function vapidKeyOf(secret: string): VapidKey {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(secret, 'base64url'))
  const point = pair.getPublicKey()
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)]
  const privateKey = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: secret }, format: 'jwk' })
  return { publicKey: point.toString('base64url'), privateKey }
}

/**
 * The header `Authorization` of a message (RFC 8292): a signed statement who sends, and to which service.
 * @param contact `mailto:` or `https:`, where the service finds the sender
 * @param nowMs by the real clock
 */
export function vapidHeader(
  { publicKey, privateKey }: VapidKey,
  endpoint: URL,
  contact: string,
  nowMs: number,
): string {
  const claims = { aud: endpoint.origin, exp: Math.floor(nowMs / 1_000) + HOLDS_SECONDS, sub: contact }
  const parts = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = sign('sha256', Buffer.from(parts.join('.')), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${parts.join('.')}.${signature.toString('base64url')}, k=${publicKey}`
}
