import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { Gate } from '../../platform/gate.ts'
import { Refusal } from '../../platform/problems.ts'
import { COMMON_WORDS } from './common-passwords.ts'

/** NIST SP 800-63B: length counts, and no rule says of which signs a password is made. */
const MIN_LENGTH = 12
const MAX_LENGTH = 256

/** Memory in KiB and passes, as OWASP advises for Argon2id on servers: about 30 ms and 19 MB for each. */
const TERMS = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Hashing takes threads and memory that charging needs, too: two at once, whoever asks. */
const HASHING = { atOnce: 2, atOnceOfOwner: 1, waiting: 200, waitingOfOwner: 20 }

/** Passwords as Argon2id in the form of PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export class Passwords {
  private readonly gate = new Gate('passwords', HASHING)
  /** What the password of a user who is not there is compared with, so that the answer takes as long. */
  private readonly ofNobody = encoded(TERMS, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES))

  /** @param address where the request comes from; each has its turn. */
  async hash(password: string, address: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    return encoded(TERMS, salt, await this.derive(password, salt, TERMS, address))
  }

  /** @param kept null for a user who is not there, or has no password: false, after the same work. */
  async verify(password: string, kept: string | null, address: string): Promise<boolean> {
    const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(kept ?? this.ofNobody) ?? []
    const terms = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
    const expected = Buffer.from(hash, 'base64')
    const derived = await this.derive(password, Buffer.from(salt, 'base64'), terms, address, expected.length)
    return timingSafeEqual(derived, expected) && kept !== null
  }

  private async derive(
    password: string,
    nonce: Buffer,
    terms: typeof TERMS,
    address: string,
    tagLength: number = HASH_BYTES,
  ): Promise<Buffer> {
    const message = Buffer.from(password.normalize('NFKC'))
    return this.gate.run(
      address,
      async () =>
        new Promise((resolve, reject) =>
          argon2('argon2id', { ...terms, message, nonce, tagLength }, (error, key) =>
            error === null ? resolve(key) : reject(error),
          ),
        ),
    )
  }
}

function encoded({ memory, passes, parallelism }: typeof TERMS, salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(hash)}`
}

/**
 * Refuses passwords that are guessed first.
 * @throws Refusal `invalid_request` that says what to do
 */
export function assertGoodPassword(password: string, email: string): void {
  const fault = faultOf(password.normalize('NFKC'), email)
  if (fault === null) return
  throw new Refusal('invalid_request', `the password ${fault}`, { errors: [{ path: 'password', message: fault }] })
}

function faultOf(password: string, email: string): string | null {
  const signs = Array.from(password)
  if (signs.length < MIN_LENGTH) return `has ${signs.length} characters; take ${MIN_LENGTH} or more, such as four words`
  if (signs.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`
  const plain = password.toLowerCase().replaceAll('@', 'a').replaceAll('$', 's')
  const letters = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (new Set(signs).size < 5) return 'repeats a few characters'
  if (isRun(letters)) return 'is a row of the keyboard or the alphabet'
  const rest = [...COMMON_WORDS, ...email.toLowerCase().split(/[^a-z0-9]+/)]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), letters.replaceAll('0', 'o'))
  // What is left beside words that everybody takes is too little: "Password2026!" and "kvitkvit-admin".
  if (rest.replaceAll(/[0-9o]/g, '').length < 4 && rest.length < 6) return 'is made of words that are guessed first'
  return null
}

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjkl',
  'йцукенгшщзхїфівапролджєячсмитьбю',
]

/** Whether it is one row of keys or letters, forwards or backwards, once or again and again. */
function isRun(text: string): boolean {
  const reversed = Array.from(text).reverse().join('')
  return ROWS.some((row) => [text, reversed].some((one) => (row + row).includes(one) && one.length > 0))
}
