import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Refusal } from '../problems.ts'

/** AES-256-GCM, NIST SP 800-38D: a key of 32 bytes, a nonce of 12 random ones, a tag of 16. */
const CIPHER = 'aes-256-gcm'
export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface SecretKey {
  /** 16 hexadecimal digits of the key's SHA-256: it follows from the key, so a wrong key has another one. */
  readonly id: string
  readonly bytes: Buffer
}

/** A secret as it is stored. */
export interface Encrypted {
  readonly keyId: string
  /** Nonce, text, tag. */
  readonly ciphertext: Buffer
}

export function keyOf(bytes: Buffer): SecretKey {
  return { id: createHash('sha256').update('kvit secrets key').update(bytes).digest('hex').slice(0, 16), bytes }
}

export const newKey = (): SecretKey => keyOf(randomBytes(KEY_BYTES))

/** Where a secret is stored, such as `['shop', 'settingSecret', 'payment_notices', 'signingSecret']`. */
export type SecretPlace = readonly string[]

/**
 * The keys that secrets are encrypted with at rest: one for new secrets, and those of before, which are still read. A
 * ciphertext is bound to its place, so one that somebody moves to another row or tenant is not read there.
 */
export class KeyRing {
  private keys: readonly SecretKey[]

  /** @param keys the one for new secrets first; none where it is lost: then nothing can be encrypted */
  constructor(keys: readonly SecretKey[]) {
    this.keys = keys
  }

  get currentId(): string | null {
    return this.keys[0]?.id ?? null
  }

  has(keyId: string): boolean {
    return this.keys.some(({ id }) => id === keyId)
  }

  replace(keys: readonly SecretKey[]): void {
    this.keys = keys
  }

  /** @throws Refusal `secrets_unavailable` where there is no key. */
  encrypt(place: SecretPlace, secret: Buffer): Encrypted {
    const [key] = this.keys
    if (key === undefined) throw unavailable('the key that secrets are encrypted with is missing')
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(textOf(place))
    const text = Buffer.concat([cipher.update(secret), cipher.final()])
    return { keyId: key.id, ciphertext: Buffer.concat([nonce, text, cipher.getAuthTag()]) }
  }

  /** @throws Refusal `secrets_unavailable` where its key is not there, or it is not what was stored at this place. */
  decrypt(place: SecretPlace, { keyId, ciphertext }: Encrypted): Buffer {
    const key = this.keys.find(({ id }) => id === keyId)
    if (key === undefined) throw unavailable(`the key ${keyId}, which a secret is encrypted with, is missing`)
    try {
      if (ciphertext.length < NONCE_BYTES + TAG_BYTES) throw new Error('too short')
      const nonce = ciphertext.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(textOf(place))
      decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(ciphertext.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      throw unavailable('a secret is not as it was stored, or not where: it is to be set again')
    }
  }
}

/** Two places never have the same text. */
function textOf(place: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify(place))
}

function unavailable(what: string): Refusal {
  return new Refusal('secrets_unavailable', `${what}: "kvit doctor" says more`)
}
