import { readBitcoinAddress } from '../../adapters/crypto-addresses/bitcoin-addresses.ts'
import { evmAddressOfIcap, readEvmAddress } from '../../adapters/crypto-addresses/evm-addresses.ts'
import { readTronAddress } from '../../adapters/crypto-addresses/tron-addresses.ts'
import { readLightningInvoice } from '../../adapters/lightning/bolt11.ts'
import { formatUnits, parseUnits } from '../../core/crypto/base-units.ts'
import { readBitcoinUri, writeBitcoinUri } from '../../core/crypto/bip21.ts'
import { readEvmUri, writeEvmUri } from '../../core/crypto/eip681.ts'
import { CRYPTO_ASSETS, CRYPTO_NETWORKS, type CryptoAsset, findAsset, findNetwork } from '../../core/crypto/networks.ts'
import { refuseSecrets } from '../../core/crypto/private-keys.ts'
import type { Json } from '../client.ts'

interface Wanted {
  readonly asset: string
  readonly address: string
  readonly amount?: string
  readonly label?: string
  readonly message?: string
  readonly lightning?: string
}

/** @throws Error where a wallet would pay somebody else, or not at all */
export function writeUri(wanted: Wanted): string {
  const asset = findAsset(wanted.asset)
  if (asset === undefined)
    throw new Error(`--asset is one of ${CRYPTO_ASSETS.map(({ code }) => code).join(', ')}, not "${wanted.asset}"`)
  refuseSecrets(wanted.address)
  const units = wanted.amount === undefined ? null : unitsOf(wanted.amount, asset)
  const network = findNetwork(asset.network)
  if (network?.family === 'tron') throw new Error('no URI of TRON is read by all wallets: show address and amount')
  if (network?.family === 'bitcoin') return bitcoinUri(wanted, asset, units)
  if (wanted.label ?? wanted.message ?? wanted.lightning)
    throw new Error('a URI of EVM has no label, message or lightning')
  const to = evmAddress(wanted.address)
  return writeEvmUri({ chainId: network?.chainId ?? null, contract: asset.contract, to, units })
}

function bitcoinUri(wanted: Wanted, asset: CryptoAsset, satoshi: bigint | null): string {
  const read = readBitcoinAddress(wanted.address)
  if (read === null) throw new Error(`${wanted.address} is no address of Bitcoin: a letter is missing or mistyped`)
  // Addresses of regtest are those of testnet but for bech32.
  if ((read.network === 'bitcoin') !== (asset.network === 'bitcoin'))
    throw new Error(`${wanted.address} is an address of ${read.network}, not of ${asset.network}`)
  const { label = null, message = null, lightning = null } = wanted
  if (lightning !== null) checkInvoice(lightning, read.network, satoshi)
  return writeBitcoinUri({ address: read.address, satoshi, label, message, lightning })
}

/** Whoever scans a unified code pays by either way: both must ask for the same. */
function checkInvoice(text: string, network: string, satoshi: bigint | null): void {
  const invoice = readLightningInvoice(text)
  if (invoice.network !== network) throw new Error(`the invoice is of ${invoice.network}, the address of ${network}`)
  const asked = satoshi === null ? null : satoshi * 1000n
  if (invoice.millisatoshi !== asked)
    throw new Error(
      `the invoice asks for ${satoshiText(invoice.millisatoshi)} satoshi, the URI for ${satoshiText(asked)}: one of them is wrong`,
    )
}

function satoshiText(millisatoshi: bigint | null): string {
  return millisatoshi === null ? 'any number of' : formatUnits(millisatoshi, 3)
}

function unitsOf(amount: string, asset: CryptoAsset): bigint {
  const units = parseUnits(amount, asset.decimals)
  if (units === null || units <= 0n)
    throw new Error(
      `--amount is a number of ${asset.ticker} with at most ${asset.decimals} digits behind a point, not "${amount}"`,
    )
  return units
}

function evmAddress(text: string): string {
  const read = readEvmAddress(text)
  if (read === null) throw new Error(`${text} is no address: 0x and 40 hexadecimal digits`)
  if (read.checksum === 'wrong') throw new Error(`the checksum of ${text} is wrong: a letter is mistyped`)
  return read.address
}

/** What a URI, or an address alone, says; what it does not say is left out. @throws Error that says why it is none */
export function readUri(text: string): Json {
  refuseSecrets(text)
  return Object.fromEntries(Object.entries(says(text)).filter(([, value]) => value !== null))
}

function says(text: string): Json {
  if (/^bitcoin:/i.test(text)) return bitcoinSays(text)
  if (text.startsWith('ethereum:')) return evmSays(text)
  if (/^(?:lightning:)?ln(?:bc|tb)/i.test(text)) return invoiceSays(text)
  const bitcoin = readBitcoinAddress(text)
  if (bitcoin !== null) return { ...bitcoin }
  const evm = readEvmAddress(text)
  if (evm !== null) return { network: 'evm', ...evm }
  const icap = evmAddressOfIcap(text)
  if (icap !== null) return { network: 'evm', address: icap, checksum: 'right' }
  const tron = readTronAddress(text)
  if (tron !== null) return { network: 'tron', ...tron }
  throw new Error(
    'this is neither a URI of Bitcoin or EIP-681, nor an invoice of Lightning, nor an address of Bitcoin, EVM or TRON with its checksum right',
  )
}

function bitcoinSays(text: string): Json {
  const { satoshi, address, ...rest } = readBitcoinUri(text)
  const read = readBitcoinAddress(address)
  if (read === null && address !== '')
    throw new Error(`${address} is no address of Bitcoin: a letter is missing or mistyped`)
  if (rest.lightning !== null) checkInvoice(rest.lightning, read?.network ?? 'bitcoin', satoshi)
  const amount = satoshi === null ? null : formatUnits(satoshi, 8)
  return {
    network: read?.network ?? 'bitcoin',
    address: read?.address ?? null,
    amount,
    satoshi: textOf(satoshi),
    ...rest,
  }
}

function invoiceSays(text: string): Json {
  const { millisatoshi, createdAtMs, expiresAtMs, ...rest } = readLightningInvoice(text)
  const at = (ms: number): string => new Date(ms).toISOString()
  return {
    ...{ network: rest.network, satoshi: millisatoshi === null ? null : formatUnits(millisatoshi, 3) },
    ...{ createdAt: at(createdAtMs), expiresAt: at(expiresAtMs), ...rest },
  }
}

function evmSays(text: string): Json {
  const { chainId, contract, to, units } = readEvmUri(text)
  // Whoever wrote no chain meant Ethereum.
  const network = CRYPTO_NETWORKS.find((one) => one.chainId === (chainId ?? 1n))
  const same = (a: string | null): boolean => a?.toLowerCase() === contract?.toLowerCase()
  const asset = CRYPTO_ASSETS.find((one) => one.network === network?.code && same(one.contract))
  return {
    network: network?.code ?? null,
    chainId: String(chainId ?? 1n),
    asset: asset?.code ?? null,
    contract,
    address: to,
    checksum: readEvmAddress(to)?.checksum ?? null,
    amount: units === null || asset === undefined ? null : formatUnits(units, asset.decimals),
    baseUnits: textOf(units),
  }
}

function textOf(units: bigint | null): string | null {
  return units === null ? null : String(units)
}
