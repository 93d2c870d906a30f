import type { HDKey } from '@scure/bip32'
import { descriptorChecksum } from '../../core/crypto/descriptor-checksum.ts'
import { refuseSecrets } from '../../core/crypto/private-keys.ts'
import { BITCOIN_KINDS, type BitcoinKind, bitcoinAddressOf } from './bitcoin-addresses.ts'
import { evmAddressOf } from './evm-addresses.ts'
import { childOf, publicKeyOf, readExtendedKey } from './extended-key.ts'
import { tronAddressOf } from './tron-addresses.ts'

export const ADDRESS_KINDS = [...BITCOIN_KINDS, 'evm', 'tron'] as const
export type AddressKind = (typeof ADDRESS_KINDS)[number]

/** A wallet of which only addresses are known. */
export interface WatchedWallet {
  readonly kind: AddressKind
  readonly isTest: boolean
  /** Of the key that was given: four bytes, by which a wallet can be told from another. */
  readonly fingerprint: string
  /** The steps from that key to an address, such as `0/*`. */
  readonly path: string
  readonly addressAt: (index: number) => string
}

/** How deep the key of an account lies: `m / purpose' / coin' / account'`. */
const ACCOUNT_DEPTH = 3
/** Longer than any descriptor of one key with its origin. */
const MAX_DESCRIPTOR = 500

/**
 * A wallet by the extended public key of an account: addresses are its receiving ones, `0/0`, `0/1` and so on.
 * @param kind which addresses it has; needed where the prefix does not say it, and never another than it says
 * @throws Error that says what is wrong, PrivateKeyRefused for whatever could spend
 */
export function walletOfKey(text: string, kind?: AddressKind): WatchedWallet {
  const { key, prefix } = readExtendedKey(text)
  if (kind !== undefined && prefix.kind !== null && kind !== prefix.kind)
    throw new Error(`${prefix.name} is the key of a wallet whose addresses are ${prefix.kind}, not ${kind}`)
  const known = kind ?? prefix.kind
  if (known === null)
    throw new Error(`${prefix.name} does not say which addresses its wallet has: one of ${ADDRESS_KINDS.join(', ')}`)
  if (prefix.isTest && (known === 'evm' || known === 'tron'))
    throw new Error(`${prefix.name} is a key of Bitcoin's testnet; networks of ${known} take an xpub`)
  if (key.depth > ACCOUNT_DEPTH)
    throw new Error(
      `the key lies ${key.depth} steps deep, behind that of an account (3): which addresses are meant is not known; write them as a descriptor, such as wpkh(KEY/*)`,
    )
  return walletOf(key, known, prefix.isTest, [0])
}

const FRAME = /^(?:(pkh|wpkh|tr)\(([^()]*)\)|sh\(wpkh\(([^()]*)\)\))$/
const KINDS: Readonly<Record<string, BitcoinKind>> = { pkh: 'p2pkh', wpkh: 'p2wpkh', tr: 'p2tr' }
const ORIGIN = /^\[[0-9a-f]{8}(?:\/\d+[h'H]?)*\]/i
const STEPS = /^([1-9A-HJ-NP-Za-km-z]+)((?:\/\d+)*|(?:\/\d+)*\/<\d+;\d+>)\/\*$/

/**
 * A wallet by an output descriptor of one key (BIP 380 to 389): `pkh`, `sh(wpkh)`, `wpkh` or `tr`, with the key's origin, steps and `/*`.
 * Of `<0;1>` the first, which is for receiving, is taken. A checksum is checked where it is there.
 * @throws Error that says what is wrong, PrivateKeyRefused for whatever could spend
 */
export function walletOfDescriptor(text: string): WatchedWallet {
  refuseSecrets(text)
  const plain = text.trim()
  if (plain.length > MAX_DESCRIPTOR) throw new Error(`a descriptor of one key has at most ${MAX_DESCRIPTOR} characters`)
  const [body = '', ...rest] = plain.split('#')
  if (rest.length > 0) checkSum(body, rest.join('#'))
  const frame = FRAME.exec(body)
  if (frame === null)
    throw new Error('a descriptor here is pkh(KEY/*), sh(wpkh(KEY/*)), wpkh(KEY/*) or tr(KEY/*), of one key')
  const kind = frame[1] === undefined ? 'p2sh-p2wpkh' : (KINDS[frame[1]] as BitcoinKind)
  const expression = (frame[2] ?? frame[3] ?? '').replace(ORIGIN, '')
  if (/[h'H](?:\/|$)/.test(expression.replace(/^[^/]*/, '')))
    throw new Error("a hardened step behind the key (h or ') needs the private key: give the key behind that step")
  const steps = STEPS.exec(expression)
  if (steps === null)
    throw new Error(
      'the key of a descriptor is an extended public key, with [fingerprint/path] before it where known, and ends with /*: one address for each payment',
    )
  const { key, prefix } = readExtendedKey(steps[1] ?? '')
  if (prefix.kind !== null) throw new Error(`descriptors have keys as xpub or tpub, not ${prefix.name}`)
  const path = (steps[2] ?? '')
    .replace(/<(\d+);\d+>/, '$1')
    .split('/')
    .slice(1)
  return walletOf(key, kind, prefix.isTest, path.map(Number))
}

function checkSum(body: string, given: string): void {
  const sum = descriptorChecksum(body)
  if (sum === null) throw new Error('a character is none of those that descriptors are written in')
  if (given !== sum) throw new Error('the checksum behind # does not fit: something of the descriptor is mistyped')
}

function walletOf(key: HDKey, kind: AddressKind, isTest: boolean, steps: readonly number[]): WatchedWallet {
  const branch = steps.reduce(childOf, key)
  return {
    kind,
    isTest,
    fingerprint: key.fingerprint.toString(16).padStart(8, '0'),
    path: [...steps, '*'].join('/'),
    addressAt: (index) => {
      const publicKey = publicKeyOf(childOf(branch, index))
      if (kind === 'evm') return evmAddressOf(publicKey)
      if (kind === 'tron') return tronAddressOf(publicKey)
      return bitcoinAddressOf(publicKey, kind, isTest ? 'bitcoin-testnet' : 'bitcoin')
    },
  }
}
