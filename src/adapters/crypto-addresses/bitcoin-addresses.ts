import { Address, NETWORK, OutScript, p2pkh, p2sh, p2tr, p2wpkh, TEST_NETWORK } from '@scure/btc-signer'

/** BIP 44, 49, 84 and 86, in this order. */
export const BITCOIN_KINDS = ['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr'] as const
export type BitcoinKind = (typeof BITCOIN_KINDS)[number]
type BitcoinNetwork = 'bitcoin' | 'bitcoin-testnet' | 'bitcoin-regtest'

const PARAMETERS: Readonly<Record<BitcoinNetwork, typeof NETWORK>> = {
  bitcoin: NETWORK,
  'bitcoin-testnet': TEST_NETWORK,
  'bitcoin-regtest': { ...TEST_NETWORK, bech32: 'bcrt' },
}

/** The address of a compressed public key. */
export function bitcoinAddressOf(publicKey: Uint8Array, kind: BitcoinKind, network: BitcoinNetwork): string {
  const { address } = paymentTo(publicKey, kind, PARAMETERS[network])
  if (address === undefined) throw new Error(`a key has no address as ${kind}`)
  return address
}

function paymentTo(publicKey: Uint8Array, kind: BitcoinKind, parameters: typeof NETWORK): { address?: string } {
  switch (kind) {
    case 'p2pkh':
      return p2pkh(publicKey, parameters)
    case 'p2sh-p2wpkh':
      return p2sh(p2wpkh(publicKey, parameters), parameters)
    case 'p2wpkh':
      return p2wpkh(publicKey, parameters)
    case 'p2tr':
      // BIP 86: the key's x coordinate alone, with no script behind it.
      return p2tr(publicKey.subarray(1), undefined, parameters)
  }
}

export interface BitcoinAddress {
  readonly network: BitcoinNetwork
  readonly address: string
  /** The script that outputs to it have, by which a watcher finds them; hexadecimal. */
  readonly script: string
}

/** Reads an address of any kind, checksum included; addresses of testnet are those of regtest but for bech32. @returns null where it is none */
export function readBitcoinAddress(text: string): BitcoinAddress | null {
  for (const network of ['bitcoin', 'bitcoin-testnet', 'bitcoin-regtest'] as const) {
    try {
      const script = OutScript.encode(Address(PARAMETERS[network]).decode(text))
      // In capitals only where it is a code to be scanned: bech32 is one case throughout.
      const address = /^[A-Z0-9]+$/.test(text) && !/^[123mn]/.test(text) ? text.toLowerCase() : text
      return { network, address, script: Buffer.from(script).toString('hex') }
    } catch {
      // Not of this network.
    }
  }
  return null
}
