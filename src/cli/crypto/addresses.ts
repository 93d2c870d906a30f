import {
  ADDRESS_KINDS,
  type AddressKind,
  type WatchedWallet,
  walletOfDescriptor,
  walletOfKey,
} from '../../adapters/crypto-addresses/wallet.ts'
import { formatTable, Worded } from '../output.ts'

/** Whoever compares more does not compare. */
const MAX_COUNT = 1000

interface Wanted {
  readonly xpub?: string
  readonly descriptor?: string
  readonly kind?: string
  readonly from: number
  readonly count: number
}

/** Addresses of a wallet from an index on, with what it was read as. @throws Error that says what is wrong */
export function firstAddresses(wanted: Wanted): Worded {
  const { from, count } = wanted
  if (count < 1 || count > MAX_COUNT) throw new Error(`--count is from 1 to ${MAX_COUNT}`)
  if (from < 0 || from + count > 2 ** 31) throw new Error('--from is an index from 0 to 2147483647')
  const wallet = walletOf(wanted)
  const addresses = Array.from({ length: count }, (_, at) => ({
    path: wallet.path.replace('*', String(from + at)),
    address: wallet.addressAt(from + at),
  }))
  const { kind, isTest, fingerprint } = wallet
  return new Worded({ kind, isTest, fingerprint, addresses }, () => formatTable(addresses))
}

function walletOf({ xpub, descriptor, kind }: Wanted): WatchedWallet {
  if ((xpub === undefined) === (descriptor === undefined)) throw new Error('give either --xpub or --descriptor')
  if (descriptor !== undefined) {
    if (kind !== undefined)
      throw new Error('a descriptor says by itself which addresses its wallet has: leave --kind out')
    return walletOfDescriptor(descriptor)
  }
  return walletOfKey(xpub as string, kind === undefined ? undefined : kindNamed(kind))
}

function kindNamed(name: string): AddressKind {
  const kind = ADDRESS_KINDS.find((known) => known === name)
  if (kind === undefined) throw new Error(`--kind is one of ${ADDRESS_KINDS.join(', ')}, not "${name}"`)
  return kind
}
