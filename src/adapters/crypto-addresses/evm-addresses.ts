import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { hasCheckDigits } from '../../core/base/iban.ts'

const PLAIN = /^0x[0-9a-fA-F]{40}$/

/** EIP-55: a letter is a capital where the hash of the address in small letters has 8 or more at its place. */
export function checksummed(address: string): string {
  const small = address.slice(2).toLowerCase()
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(small))).toString('hex')
  return `0x${small.replace(/[a-f]/g, (letter, at: number) => ((hash[at] ?? '0') >= '8' ? letter.toUpperCase() : letter))}`
}

export interface EvmAddress {
  readonly address: string
  /** Whether its letters were a checksum: `none` where all are small or all capitals. */
  readonly checksum: 'right' | 'wrong' | 'none'
}

/** @returns null where it is none. One whose checksum is wrong is mistyped, or was never one: who takes addresses refuses it */
export function readEvmAddress(text: string): EvmAddress | null {
  if (!PLAIN.test(text)) return null
  const address = checksummed(text)
  const digits = text.slice(2)
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase())
    return { address, checksum: address === text ? 'right' : 'none' }
  return { address, checksum: address === text ? 'right' : 'wrong' }
}

/** The account of a public key: the last 20 bytes of the hash of its point. */
export function evmAddressOf(publicKey: Uint8Array): string {
  const point = secp256k1.Point.fromBytes(publicKey).toBytes(false)
  return checksummed(`0x${Buffer.from(keccak_256(point.subarray(1)).subarray(-20)).toString('hex')}`)
}

/** The address of an ICAP code (`XE` and an address in base 36, with the check digits of an IBAN). @returns null where it is none */
export function evmAddressOfIcap(code: string): string | null {
  // 30 digits hold 155 bits, 31 hold the 160 of any address.
  if (!/^XE\d{2}[0-9A-Z]{30,31}$/.test(code) || !hasCheckDigits(code)) return null
  let value = 0n
  for (const digit of code.slice(4)) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  return value >> 160n === 0n ? checksummed(`0x${value.toString(16).padStart(40, '0')}`) : null
}
