import { ISO_4217_BY_MINOR_DIGITS } from './iso-4217.ts'

/** What money of a currency is counted in. */
export interface Currency {
  readonly code: string
  /** Digits on a document: 2 for EUR, 0 for JPY. */
  readonly minorDigits: number
  /** Digits of a charge before a document line rounds it. */
  readonly ratingScale: number
  readonly kind: 'fiat' | 'crypto'
}

/** At 11 digits a signed 64-bit amount still reaches 92 million units of the currency; larger ones are kept in a map. */
const MAX_RATING_SCALE = 11
const EXTRA_RATING_DIGITS = 6

/**
 * Digits of crypto assets on a document. On-chain amounts stay in the chain's own base units (ether has 18 digits)
 * and are rounded to these only when they become money of an account.
 */
const CRYPTO_DOCUMENT_DIGITS = { BTC: 8, BCH: 8, ETH: 8, LTC: 8, SOL: 8, TON: 8, TRX: 6, USDC: 6, USDT: 6, XRP: 6 }

function describe(code: string, minorDigits: number, kind: Currency['kind']): Currency {
  return { code, minorDigits, kind, ratingScale: Math.min(minorDigits + EXTRA_RATING_DIGITS, MAX_RATING_SCALE) }
}

const REGISTRY: ReadonlyMap<string, Currency> = new Map(
  [
    ...Object.entries(ISO_4217_BY_MINOR_DIGITS).flatMap(([digits, codes]) =>
      codes.split(' ').map((code) => describe(code, Number(digits), 'fiat')),
    ),
    ...Object.entries(CRYPTO_DOCUMENT_DIGITS).map(([code, digits]) => describe(code, digits, 'crypto')),
  ].map((currency) => [currency.code, currency]),
)

export function findCurrency(code: string): Currency | undefined {
  return REGISTRY.get(code)
}

export function currencyOf(code: string): Currency {
  const currency = REGISTRY.get(code)
  if (currency === undefined) throw new Error(`unknown currency: ${code}`)
  return currency
}

export function currencyCodes(): string[] {
  return [...REGISTRY.keys()].sort()
}
