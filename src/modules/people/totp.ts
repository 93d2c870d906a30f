import { createHmac, timingSafeEqual } from 'node:crypto'

/** What authenticators assume by default: SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000
const DIGITS = 6
/** A code is taken one step early or late: clocks differ, and people type. */
const TOLERATED_STEPS = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The number of the half minute. */
export function stepOf(epochMs: number): number {
  return Math.floor(epochMs / STEP_MS)
}

/** The code of a step: RFC 6238 on RFC 4226. @param digits six, or eight for the examples of the RFC. */
export function codeOf(secret: Buffer, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = (mac.at(-1) as number) & 0xf
  const number = mac.readUInt32BE(at) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The step whose code it is.
 * @param lastStep codes of this step and of earlier ones were used up
 * @returns null where it is the code of none that may be used now.
 */
export function stepOfCode(secret: Buffer, code: string, nowMs: number, lastStep: number): number | null {
  const typed = Buffer.from(code.replaceAll(/\s/g, ''))
  const now = stepOf(nowMs)
  let found: number | null = null
  for (let step = now - TOLERATED_STEPS; step <= now + TOLERATED_STEPS; step++) {
    const expected = Buffer.from(codeOf(secret, step))
    if (expected.length === typed.length && timingSafeEqual(expected, typed) && step > lastStep) found = step
  }
  return found
}

/** As authenticators read it: RFC 4648, without padding. */
export function toBase32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let rest = 0
  for (const byte of bytes) {
    rest = (rest << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(rest >> (bits - 5)) & 31]
    rest &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + ALPHABET[(rest << (5 - bits)) & 31]
}

/** What an authenticator reads off a picture: the secret, and how the account is called. */
export function authenticatorUri(secret: Buffer, email: string): string {
  const query = new URLSearchParams({ secret: toBase32(secret), issuer: 'Kvit' })
  return `otpauth://totp/${encodeURIComponent(`Kvit:${email}`)}?${query}`
}
