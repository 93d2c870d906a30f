import { createHash, randomBytes } from 'node:crypto'
import { newId } from './clock.ts'

/** Without letters and digits that are mistaken for one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 16

/** A random code: 78 bits, so that its plain SHA-256 cannot be searched. */
export function newCode(): string {
  let code = ''
  while (code.length < CODE_LENGTH) {
    for (const byte of randomBytes(CODE_LENGTH)) {
      if (byte < 240 && code.length < CODE_LENGTH) code += ALPHABET[byte % ALPHABET.length]
    }
  }
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** People type codes with blanks, in lower case, and without the dashes. */
export function digestOfCode(code: string): Buffer {
  return sha256(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
}

export function sha256(content: Buffer | string): Buffer {
  return createHash('sha256').update(content).digest()
}

/** A secret of 256 random bits with the id that it is found by. What is kept of it is the SHA-256. */
export interface NewSecret {
  readonly id: string
  readonly sha256: Buffer
  /** `<32 digits of the id>_<43 characters>`, shown once. */
  readonly text: string
}

/** @param id that it is found by */
export function newSecret(id: string = newId()): NewSecret {
  const secret = randomBytes(32)
  return { id, sha256: sha256(secret), text: `${id.replaceAll('-', '')}_${secret.toString('base64url')}` }
}

const SECRET = /^([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** @returns the id and the hash of a secret's text; null where it is none. */
export function readSecret(text: string): { readonly id: string; readonly sha256: Buffer } | null {
  const [, id, secret] = SECRET.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, sha256: sha256(Buffer.from(secret, 'base64url')) }
}
