import { sha256 } from '@noble/hashes/sha2.js'
import { createBase58check } from '@scure/base'
import { HDKey } from '@scure/bip32'
import { PrivateKeyRefused, refuseSecrets } from '../../core/crypto/private-keys.ts'
import type { BitcoinKind } from './bitcoin-addresses.ts'

export const base58check = createBase58check(sha256)

/** What a prefix says: SLIP-132 for those that are not `xpub` and `tpub`, which say nothing of the kind of address. */
interface Prefix {
  readonly name: string
  readonly isTest: boolean
  readonly kind: BitcoinKind | null
}

const XPUB = 0x04_88_b2_1e
const PREFIXES: ReadonlyMap<number, Prefix> = new Map([
  [XPUB, { name: 'xpub', isTest: false, kind: null }],
  [0x04_9d_7c_b2, { name: 'ypub', isTest: false, kind: 'p2sh-p2wpkh' }],
  [0x04_b2_47_46, { name: 'zpub', isTest: false, kind: 'p2wpkh' }],
  [0x04_35_87_cf, { name: 'tpub', isTest: true, kind: null }],
  [0x04_4a_52_62, { name: 'upub', isTest: true, kind: 'p2sh-p2wpkh' }],
  [0x04_5f_1c_f6, { name: 'vpub', isTest: true, kind: 'p2wpkh' }],
])
/** Keys of one of several signers: an address from one of them alone would be nobody's. */
const OF_SEVERAL_SIGNERS = new Map([
  [0x02_95_b4_3f, 'Ypub'],
  [0x02_aa_7e_d3, 'Zpub'],
  [0x02_42_89_ef, 'Upub'],
  [0x02_57_54_83, 'Vpub'],
])
const LENGTH = 78
/** Where the 33 bytes of the key begin; a private one begins with a zero byte, whatever its prefix says. */
const KEY_AT = 45

export interface ExtendedKey {
  readonly key: HDKey
  readonly prefix: Prefix
}

/** @throws Error that says what is wrong, and PrivateKeyRefused for whatever could spend */
export function readExtendedKey(text: string): ExtendedKey {
  refuseSecrets(text)
  const plain = text.trim()
  let bytes: Uint8Array
  try {
    bytes = base58check.decode(plain)
  } catch {
    throw new Error('this is no extended public key: its checksum is wrong, so a letter is missing or mistyped')
  }
  if (bytes.length !== LENGTH)
    throw new Error(
      `an extended public key has ${LENGTH} bytes, and this has ${bytes.length}: give an xpub, ypub or zpub`,
    )
  if (bytes[KEY_AT] === 0) throw new PrivateKeyRefused('an extended private key')
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const shared = OF_SEVERAL_SIGNERS.get(version)
  if (shared !== undefined) throw new Error(`${shared} is the key of one of several signers, which are not supported`)
  const prefix = PREFIXES.get(version)
  if (prefix === undefined) throw new Error('this prefix is none of xpub, ypub, zpub, tpub, upub and vpub')
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, XPUB)
  return { key: HDKey.fromExtendedKey(base58check.encode(bytes)), prefix }
}

/** A step that needs no private key. @throws RangeError from 2^31 on, where steps are hardened */
export function childOf(key: HDKey, index: number): HDKey {
  if (!Number.isInteger(index) || index < 0 || index >= 2 ** 31)
    throw new RangeError('an index is from 0 to 2147483647: steps from there on are hardened and need the private key')
  return key.deriveChild(index)
}

export function publicKeyOf(key: HDKey): Uint8Array {
  if (key.publicKey === null) throw new Error('the key has no public part')
  return key.publicKey
}
