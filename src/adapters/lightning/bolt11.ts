import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bech32 } from '@scure/base'

export interface LightningInvoice {
  readonly network: 'bitcoin' | 'bitcoin-testnet' | 'bitcoin-signet' | 'bitcoin-regtest'
  /** Null where the payer chooses. A thousandth of a satoshi is the unit of Lightning. */
  readonly millisatoshi: bigint | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly paymentHash: string
  /** What it is for, or the hash of that. */
  readonly description: string | null
  readonly descriptionHash: string | null
  /** The node that is paid, by its key: named by the invoice, or by its signature. */
  readonly payee: string
}

const NETWORKS = {
  bc: 'bitcoin',
  tb: 'bitcoin-testnet',
  tbs: 'bitcoin-signet',
  bcrt: 'bitcoin-regtest',
} as const
const PREFIX = /^ln(bcrt|bc|tbs|tb)(?:([1-9]\d{0,17})([munp]?))?$/
/** Millisatoshi of one unit, times ten: a pico is a tenth of one. */
const TENTHS: Readonly<Record<string, bigint>> = {
  '': 10n ** 12n,
  m: 10n ** 9n,
  u: 10n ** 6n,
  n: 1000n,
  p: 1n,
}
const TIMESTAMP_WORDS = 7
/** 64 bytes and the number by which the key is recovered, in words of five bits. */
const SIGNATURE_WORDS = 104
const MAX_LENGTH = 7000
const USUAL_EXPIRY_S = 3600
/** Longer than this nobody promises a rate, and sums of times stay exact. */
const MAX_EXPIRY_S = 10 ** 10

/** Types of fields that are read, by their number in five bits; those of one length are of no other. */
const FIELDS: ReadonlyMap<number, readonly [name: Field, words: number | null]> = new Map([
  [1, ['hash', 52]],
  [16, ['secret', 52]],
  [13, ['description', null]],
  [23, ['descriptionHash', 52]],
  [19, ['payee', 53]],
  [6, ['expiry', null]],
  [5, ['features', null]],
])
type Field = 'hash' | 'secret' | 'description' | 'descriptionHash' | 'payee' | 'expiry' | 'features'

/** Even features that a payer must know (BOLT 9): onions of any length, secrets, parts, blinded routes, metadata. */
const KNOWN_FEATURES = new Set([8, 14, 16, 24, 48])

/** Reads an invoice of Lightning (BOLT 11) and checks its signature. @throws Error that says why nobody should pay it */
export function readLightningInvoice(text: string): LightningInvoice {
  const { prefix, words } = decode(text.replace(/^lightning:/i, ''))
  const [, currency = '', amount, multiplier = ''] = PREFIX.exec(prefix) ?? []
  const network = NETWORKS[currency as keyof typeof NETWORKS]
  if (network === undefined) throw new Error(`${prefix.slice(0, 30)} is no prefix of an invoice, or its amount is none`)
  if (words.length < TIMESTAMP_WORDS + SIGNATURE_WORDS) throw new Error('the invoice is too short for a signature')
  const signed = words.slice(0, -SIGNATURE_WORDS)
  const fields = fieldsOf(signed.slice(TIMESTAMP_WORDS))
  checkFields(fields)
  const createdAtMs = Number(numberOf(signed.slice(0, TIMESTAMP_WORDS))) * 1000
  const expiry = fields.get('expiry')
  const seconds = expiry === undefined ? BigInt(USUAL_EXPIRY_S) : numberOf(expiry)
  if (seconds > BigInt(MAX_EXPIRY_S)) throw new Error('the invoice never expires')
  return {
    network,
    millisatoshi: amount === undefined ? null : amountOf(BigInt(amount), multiplier),
    createdAtMs,
    expiresAtMs: createdAtMs + Number(seconds) * 1000,
    paymentHash: hexOf(fields.get('hash')) ?? '',
    description: textOf(fields.get('description')),
    descriptionHash: hexOf(fields.get('descriptionHash')),
    payee: payeeOf(prefix, signed, words.slice(-SIGNATURE_WORDS), hexOf(fields.get('payee'))),
  }
}

function decode(text: string): { prefix: string; words: number[] } {
  try {
    return bech32.decode(text as `${string}1${string}`, MAX_LENGTH)
  } catch {
    throw new Error('this is no invoice of Lightning: its checksum is wrong, or letters are mixed')
  }
}

function amountOf(amount: bigint, multiplier: string): bigint {
  const tenths = amount * (TENTHS[multiplier] ?? 0n)
  if (tenths % 10n !== 0n) throw new Error('the amount is finer than a thousandth of a satoshi')
  return tenths / 10n
}

function fieldsOf(words: readonly number[]): Map<Field, readonly number[]> {
  const fields = new Map<Field, readonly number[]>()
  for (let at = 0; at < words.length; ) {
    const length = (words[at + 1] ?? 0) * 32 + (words[at + 2] ?? 0)
    const data = words.slice(at + 3, at + 3 + length)
    if (data.length !== length || at + 3 > words.length) throw new Error('a field of the invoice is cut off')
    const [name, fixed = null] = FIELDS.get(words[at] ?? 0) ?? []
    at += 3 + length
    // What is not known is passed over, as routes are, which whoever pays reads.
    if (name === undefined) continue
    if (fixed !== null && length !== fixed)
      throw new Error(`the ${name} of the invoice has another length than it must`)
    if (fields.has(name)) throw new Error(`the invoice has its ${name} twice`)
    fields.set(name, data)
  }
  return fields
}

function checkFields(fields: ReadonlyMap<Field, readonly number[]>): void {
  for (const name of ['hash', 'secret'] as const) if (!fields.has(name)) throw new Error(`the invoice has no ${name}`)
  if (fields.has('description') === fields.has('descriptionHash'))
    throw new Error('an invoice says what it is for, either in words or by their hash')
  const bits = numberOf(fields.get('features') ?? [])
  for (let bit = 0; bits >> BigInt(bit) > 0n; bit += 2)
    if ((bits >> BigInt(bit)) & 1n && !KNOWN_FEATURES.has(bit))
      throw new Error(`the invoice requires feature ${bit}, which is not known here`)
}

/** The key that signed: the one that is named, whose signature is then of one form only, or the one that the signature leads to. */
function payeeOf(prefix: string, signed: readonly number[], signature: number[], named: string | null): string {
  const bytes = bech32.fromWords(signature)
  const hash = sha256(new Uint8Array([...new TextEncoder().encode(prefix), ...padded(signed)]))
  try {
    if (named !== null) {
      const key = Buffer.from(named, 'hex')
      if (secp256k1.verify(bytes.subarray(0, 64), hash, key, { prehash: false, lowS: true })) return named
    } else {
      const recoverable = secp256k1.Signature.fromBytes(bytes.subarray(0, 64)).addRecoveryBit(bytes[64] ?? 0)
      return recoverable.recoverPublicKey(hash).toHex(true)
    }
  } catch {
    // Numbers that are no signature, or a key that is none.
  }
  throw new Error('the signature of the invoice is wrong')
}

/** Words of five bits as bytes, with zeros behind them up to a whole byte. */
function padded(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((words.length * 5) / 8))
  for (const [at, word] of words.entries())
    for (let bit = 0; bit < 5; bit++)
      if ((word >> (4 - bit)) & 1) {
        const place = at * 5 + bit
        bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (0x80 >> (place & 7))
      }
  return bytes
}

function numberOf(words: readonly number[]): bigint {
  return words.reduce((value, word) => value * 32n + BigInt(word), 0n)
}

/** Of whole bytes: what was added to fill the last word is left out. */
function wholeBytes(words: readonly number[]): Uint8Array {
  return padded(words).subarray(0, Math.floor((words.length * 5) / 8))
}

function hexOf(words: readonly number[] | undefined): string | null {
  return words === undefined ? null : Buffer.from(wholeBytes(words)).toString('hex')
}

function textOf(words: readonly number[] | undefined): string | null {
  if (words === undefined) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(wholeBytes(words))
  } catch {
    throw new Error('the description of the invoice is not UTF-8')
  }
}
