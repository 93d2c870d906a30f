/**
 * Chains and what is paid on them, as rows: another network or token is a row, not code. Decimals are those of the contract
 * (USDT has 6 on Ethereum and TRON and 18 on BNB Smart Chain), confirmations are defaults that an operator may raise or lower.
 */
type ChainFamily = 'bitcoin' | 'evm' | 'tron'

export interface CryptoNetwork {
  readonly code: string
  readonly name: string
  readonly family: ChainFamily
  /** EIP-155; null where the family has none. */
  readonly chainId: bigint | null
  readonly isTest: boolean
}

/** From this amount on (base units), so many confirmations. */
export interface ConfirmationStep {
  readonly from: bigint
  readonly confirmations: number
}

export interface CryptoAsset {
  readonly code: string
  readonly ticker: string
  readonly network: string
  /** Fraction digits: one unit is 10^decimals base units. */
  readonly decimals: number
  /** The token's contract as its network writes it; null for the coin of the network. */
  readonly contract: string | null
  /** Ascending, the first from 0: the more there is to lose, the deeper it must lie. */
  readonly confirmations: readonly ConfirmationStep[]
}

const network = (
  code: string,
  name: string,
  family: ChainFamily,
  chainId: bigint | null = null,
  isTest = false,
): CryptoNetwork => ({ code, name, family, chainId, isTest })

export const CRYPTO_NETWORKS: readonly CryptoNetwork[] = [
  network('bitcoin', 'Bitcoin', 'bitcoin'),
  network('bitcoin-testnet', 'Bitcoin testnet', 'bitcoin', null, true),
  network('bitcoin-regtest', 'Bitcoin regtest', 'bitcoin', null, true),
  network('ethereum', 'Ethereum', 'evm', 1n),
  network('polygon', 'Polygon PoS', 'evm', 137n),
  network('arbitrum', 'Arbitrum One', 'evm', 42_161n),
  network('base', 'Base', 'evm', 8453n),
  network('bsc', 'BNB Smart Chain', 'evm', 56n),
  network('sepolia', 'Ethereum Sepolia', 'evm', 11_155_111n, true),
  network('tron', 'TRON', 'tron'),
]

const steps = (...rows: readonly (readonly [from: bigint, confirmations: number])[]): readonly ConfirmationStep[] =>
  rows.map(([from, confirmations]) => ({ from, confirmations }))

/** Bitcoin: a block for less than 0.01 BTC, three below 1 BTC, then six, which is what the field takes for final. */
const BITCOIN = steps([0n, 1], [1_000_000n, 3], [100_000_000n, 6])
/** Ethereum is final after two epochs of 32 slots; 12 blocks have not been undone since the merge. */
const ETHER = steps([0n, 12], [10n ** 18n, 64])
const ETHEREUM_TOKEN = steps([0n, 12], [1_000_000_000n, 64])
/** TRON is solid when 19 of 27 producers have built on a block. */
const TRON = steps([0n, 19])

const asset = (
  code: string,
  ticker: string,
  on: string,
  decimals: number,
  contract: string | null,
  confirmations: readonly ConfirmationStep[],
): CryptoAsset => ({ code, ticker, network: on, decimals, contract, confirmations })

export const CRYPTO_ASSETS: readonly CryptoAsset[] = [
  asset('btc', 'BTC', 'bitcoin', 8, null, BITCOIN),
  asset('tbtc', 'BTC', 'bitcoin-testnet', 8, null, BITCOIN),
  asset('rbtc', 'BTC', 'bitcoin-regtest', 8, null, BITCOIN),
  asset('eth', 'ETH', 'ethereum', 18, null, ETHER),
  asset('usdt-ethereum', 'USDT', 'ethereum', 6, '0xdAC17F958D2ee523a2206206994597C13D831ec7', ETHEREUM_TOKEN),
  asset('usdc-ethereum', 'USDC', 'ethereum', 6, '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', ETHEREUM_TOKEN),
  asset('eurc-ethereum', 'EURC', 'ethereum', 6, '0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c', ETHEREUM_TOKEN),
  asset('usdc-polygon', 'USDC', 'polygon', 6, '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359', steps([0n, 128])),
  asset('usdc-arbitrum', 'USDC', 'arbitrum', 6, '0xaf88d065e77c8cC2239327C5EDb3A432268e5831', steps([0n, 64])),
  asset('usdc-base', 'USDC', 'base', 6, '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', steps([0n, 64])),
  asset('usdt-bsc', 'USDT', 'bsc', 18, '0x55d398326f99059fF775485246999027B3197955', steps([0n, 15])),
  asset('trx', 'TRX', 'tron', 6, null, TRON),
  asset('usdt-tron', 'USDT', 'tron', 6, 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', TRON),
]

export function findNetwork(code: string): CryptoNetwork | undefined {
  return CRYPTO_NETWORKS.find((row) => row.code === code)
}

export function findAsset(code: string): CryptoAsset | undefined {
  return CRYPTO_ASSETS.find((row) => row.code === code)
}

/** How deep an amount must lie before it counts. */
export function confirmationsFor(confirmations: readonly ConfirmationStep[], amount: bigint): number {
  return confirmations.findLast(({ from }) => from <= amount)?.confirmations ?? confirmations[0]?.confirmations ?? 1
}
