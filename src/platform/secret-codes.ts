import { createHash, randomBytes } from 'node:crypto'

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
  return createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest()
}
