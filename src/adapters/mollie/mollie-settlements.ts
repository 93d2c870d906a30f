import { currencyOf } from '../../core/base/currency.ts'
import { add, type Decimal, decimal, negate, parseDecimal, toScale } from '../../core/base/decimal.ts'
import type { GatewayPayout, PayoutLine } from '../../modules/payment-gateways/ports.ts'
import { asObject, asObjects, asText, type ProviderObject } from '../provider-http/provider-http.ts'
import { amountOf, type MollieApi, timeOf } from './mollie-api.ts'

/** What a settlement is made of, by the name of its list. */
const PARTS = { payments: 'payment', refunds: 'refund', chargebacks: 'dispute' } as const

/**
 * Settlements that have come to the bank since a time, the oldest first, each with its payments, refunds and chargebacks, and its costs in one line.
 * @param api with an access token of the organisation: an API key does not see settlements
 * @returns null where there was no answer
 */
export async function listSettlements(
  api: MollieApi,
  sinceMs: number,
  signal: AbortSignal,
): Promise<readonly GatewayPayout[] | null> {
  const isOlder = ({ settledAt }: ProviderObject): boolean => asText(settledAt) !== null && timeOf(settledAt) < sinceMs
  const settlements = await api.list('/v2/settlements', 'settlements', signal, isOlder)
  if (settlements === null) return null
  const read: GatewayPayout[] = []
  for (const settlement of settlements.filter(({ status }) => status === 'paidout').toReversed()) {
    const lines: PayoutLine[] = []
    for (const [name, kind] of Object.entries(PARTS)) {
      const entries = await api.list(`/v2/settlements/${String(settlement['id'])}/${name}`, name, signal)
      if (entries === null) return null
      try {
        lines.push(...entries.map((entry) => lineOf(kind, entry)))
      } catch {
        return null
      }
    }
    try {
      read.push(payoutOf(settlement, lines))
    } catch {
      return null
    }
  }
  return read
}

function payoutOf(settlement: ProviderObject, moved: readonly PayoutLine[]): GatewayPayout {
  const id = String(settlement['id'])
  const netMinor = amountOf(settlement['amount'])
  const currency = String(asObject(settlement['amount'])['currency'])
  const feeMinor = costsMinor(
    settlement,
    currency,
    moved.reduce((sum, { grossMinor }) => sum + grossMinor, 0n) - netMinor,
  )
  const fee = { id: `${id}:costs`, kind: 'fee', paymentId: null, grossMinor: -feeMinor, feeMinor: 0n } as const
  return {
    ...{ id, currency, netMinor, lines: feeMinor === 0n ? moved : [...moved, fee] },
    arrivesOn: String(settlement['settledAt']).slice(0, 10),
  }
}

function lineOf(kind: 'payment' | 'refund' | 'dispute', entry: ProviderObject): PayoutLine {
  const id = String(entry['id'])
  // In the currency of the settlement; what leaves is told as an amount above zero, or below.
  const minor = amountOf(entry['settlementAmount'] ?? entry['amount'])
  const grossMinor = kind === 'payment' || minor < 0n ? minor : -minor
  return { id, kind, paymentId: kind === 'payment' ? id : asText(entry['paymentId']), grossMinor, feeMinor: 0n }
}

/**
 * What Mollie has kept: its costs are told to the hundredth of a cent, so that their sum may be off by less than a minor unit for each of them. 2.5410 and
 * 0.3025 are 2.84 where 2.84 are missing, and 2.85 where 2.85 are.
 * @param missingMinor what is in the lines and did not come to the bank
 */
function costsMinor(settlement: ProviderObject, currency: string, missingMinor: bigint): bigint {
  const rows: Decimal[] = []
  for (const year of Object.values(asObject(settlement['periods'])))
    for (const month of Object.values(asObject(year)))
      for (const { amountGross } of asObjects(asObject(month)['costs'])) {
        const value = parseDecimal(asText(asObject(amountGross)['value']) ?? '')
        if (value === null) throw new Error('a cost of Mollie is no amount')
        rows.push(value)
      }
  const { minorDigits } = currencyOf(currency)
  const sum = rows.reduce(add, decimal('0'))
  const missing: Decimal = { coefficient: missingMinor, scale: minorDigits }
  const offBy = toScale(add(sum, negate(missing)), minorDigits + 4)
  const most = BigInt(rows.length) * 10_000n
  return offBy < most && offBy > -most ? missingMinor : toScale(sum, minorDigits)
}
