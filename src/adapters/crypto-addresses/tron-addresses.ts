import { checksummed, evmAddressOf, readEvmAddress } from './evm-addresses.ts'
import { base58check } from './extended-key.ts'

/** Addresses of TRON are those of EVM behind this byte, in base58check: they begin with T. */
const PREFIX = 0x41

export interface TronAddress {
  readonly address: string
  /** As logs and the API write it: `41` and 20 bytes. */
  readonly hex: string
  /** The same 20 bytes as contracts and topics of logs have them. */
  readonly evm: string
}

/** Reads `T…`, `41…` (with or without 0x) and an address of EVM. @returns null where it is none, or where its checksum is wrong */
export function readTronAddress(text: string): TronAddress | null {
  const evm = readEvmAddress(text)
  if (evm !== null) return evm.checksum === 'wrong' ? null : fromBytes(Buffer.from(text.slice(2), 'hex'))
  const hex = /^(?:0x)?41([0-9a-fA-F]{40})$/.exec(text)?.[1]
  if (hex !== undefined) return fromBytes(Buffer.from(hex, 'hex'))
  try {
    const bytes = base58check.decode(text)
    return bytes.length === 21 && bytes[0] === PREFIX ? fromBytes(bytes.subarray(1)) : null
  } catch {
    return null
  }
}

export function tronAddressOf(publicKey: Uint8Array): string {
  return fromBytes(Buffer.from(evmAddressOf(publicKey).slice(2), 'hex')).address
}

function fromBytes(twenty: Uint8Array): TronAddress {
  const bytes = Uint8Array.of(PREFIX, ...twenty)
  const hex = Buffer.from(bytes).toString('hex')
  return { address: base58check.encode(bytes), hex, evm: checksummed(`0x${hex.slice(2)}`) }
}
