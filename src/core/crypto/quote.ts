import { type Decimal, formatDecimal } from '../base/decimal.ts'
import { type Exact, exact, formatExact } from '../base/exact.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'

/** What one source said: so much of the invoice's currency for one whole unit of the asset. */
export interface RateReading {
  readonly source: string
  readonly rate: Decimal
  /** When it was received, by our clock: a source cannot make its price look fresh. */
  readonly atMs: number
}

export interface QuoteTerms {
  readonly minSources: number
  readonly maxAgeMs: number
  /** Per cent that a source may lie from the median; one that lies further off is left out. */
  readonly maxDeviation: Decimal
  /** Per cent that the rate is lowered by, for what selling the asset costs. From 0 to below 100. */
  readonly spread: Decimal
  /** For how long the payer has this rate. */
  readonly lockMs: number
}

type LeftOut = 'stale' | 'not_yet' | 'not_positive' | 'superseded' | 'far_from_median'

/** Which readings made a rate and why others did not: evidence, kept as it is with the quote. */
interface RateEvidence {
  readonly used: readonly RateReading[]
  readonly leftOut: readonly { readonly reading: RateReading; readonly reason: LeftOut }[]
}

export type RateDecision =
  | { readonly kind: 'rate'; readonly median: Exact; readonly rate: Exact; readonly evidence: RateEvidence }
  | {
      readonly kind: 'no_rate'
      readonly reason: 'too_few_sources' | 'sources_disagree'
      readonly evidence: RateEvidence
    }

const HUNDRED = 100n

/**
 * The median of what sources say, less the spread. Two sources that disagree by more than the deviation are both left out: no rate is
 * better than a wrong one, and a caller falls back to other sources or to another way to pay.
 */
export function decideRate(readings: readonly RateReading[], terms: QuoteTerms, nowMs: number): RateDecision {
  const latest = new Map<string, RateReading>()
  for (const reading of readings) {
    const known = latest.get(reading.source)
    if (known === undefined || reading.atMs >= known.atMs) latest.set(reading.source, reading)
  }
  const judged = readings.map((reading) => ({ reading, reason: faultOf(reading, latest, terms, nowMs) }))
  const fresh = judged.flatMap(({ reading, reason }) => (reason === null ? [reading] : []))
  const leftOut = judged.flatMap(({ reading, reason }) => (reason === null ? [] : [{ reading, reason }]))
  if (fresh.length < Math.max(1, terms.minSources))
    return { kind: 'no_rate', reason: 'too_few_sources', evidence: { used: [], leftOut } }
  const first = medianOf(fresh)
  const far = fresh.filter((reading) => !isNear(reading.rate, first, terms.maxDeviation))
  const used = fresh.filter((reading) => !far.includes(reading))
  const evidence: RateEvidence = {
    used,
    leftOut: [...leftOut, ...far.map((reading) => ({ reading, reason: 'far_from_median' as const }))],
  }
  if (used.length < Math.max(1, terms.minSources)) return { kind: 'no_rate', reason: 'sources_disagree', evidence }
  const median = medianOf(used)
  return { kind: 'rate', median, rate: lessPercent(median, terms.spread), evidence }
}

function faultOf(
  reading: RateReading,
  latest: ReadonlyMap<string, RateReading>,
  terms: QuoteTerms,
  nowMs: number,
): LeftOut | null {
  if (reading.rate.coefficient <= 0n) return 'not_positive'
  if (reading.atMs > nowMs) return 'not_yet'
  if (nowMs - reading.atMs > terms.maxAgeMs) return 'stale'
  return latest.get(reading.source) === reading ? null : 'superseded'
}

/** The middle one, or the mean of the two in the middle: exact. */
function medianOf(readings: readonly RateReading[]): Exact {
  const scale = Math.max(...readings.map(({ rate }) => rate.scale))
  const values = readings
    .map(({ rate }) => rate.coefficient * powerOfTen(scale - rate.scale))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const upper = values[values.length >> 1] as bigint
  const lower = values[(values.length - 1) >> 1] as bigint
  return upper === lower ? exact(upper, scale) : exact(upper + lower, scale, 2n)
}

/** |rate − median| × 100 ≤ median × percent, over one denominator. */
function isNear(rate: Decimal, median: Exact, percent: Decimal): boolean {
  const scaledRate = rate.coefficient * median.denominator * powerOfTen(median.scale)
  const scaledMedian = median.numerator * powerOfTen(rate.scale)
  const distance = scaledRate > scaledMedian ? scaledRate - scaledMedian : scaledMedian - scaledRate
  return distance * HUNDRED * powerOfTen(percent.scale) <= scaledMedian * percent.coefficient
}

function lessPercent(value: Exact, percent: Decimal): Exact {
  const whole = HUNDRED * powerOfTen(percent.scale)
  return exact(value.numerator * (whole - percent.coefficient), value.scale, value.denominator * whole)
}

export interface CryptoQuote {
  /** What is to be paid, in base units. */
  readonly due: bigint
  readonly rate: Exact
  readonly lockedAtMs: number
  /** From here on the rate is no longer promised. */
  readonly expiresAtMs: number
  /** In words and numbers, for the receipt: which sources said what, the median, the spread, the rate. */
  readonly evidence: Readonly<Record<string, string>>
}

/** The quote of an amount of money in an asset. @param amount in the invoice's currency, positive */
export function quoteAmount(
  amount: Decimal,
  decimals: number,
  decision: RateDecision & { kind: 'rate' },
  terms: QuoteTerms,
  nowMs: number,
): CryptoQuote {
  return {
    due: unitsFor(amount, decimals, decision.rate),
    rate: decision.rate,
    lockedAtMs: nowMs,
    expiresAtMs: nowMs + terms.lockMs,
    evidence: {
      amount: formatDecimal(amount),
      median: formatExact(decision.median),
      spread: formatDecimal(terms.spread),
      rate: formatExact(decision.rate),
      sources: decision.evidence.used
        .map(({ source, rate, atMs }) => `${source} ${formatDecimal(rate)} @${atMs}`)
        .join('; '),
      leftOut: decision.evidence.leftOut
        .map(({ reading, reason }) => `${reading.source} ${formatDecimal(reading.rate)} @${reading.atMs}: ${reason}`)
        .join('; '),
    },
  }
}

/** The fewest base units that are worth the amount: rounded up, so that whoever pays what is asked for has paid the invoice. */
export function unitsFor(amount: Decimal, decimals: number, rate: Exact): bigint {
  const numerator = amount.coefficient * powerOfTen(decimals) * rate.denominator * powerOfTen(rate.scale)
  return divideRounded(numerator, rate.numerator * powerOfTen(amount.scale), 'ceiling')
}

/**
 * What base units are worth at the rate of the quote, in minor units, rounded down. The due is worth what was asked for: the base unit that was
 * rounded up does not turn into a cent.
 */
export function minorFor(
  units: bigint,
  decimals: number,
  quote: CryptoQuote,
  amountMinor: bigint,
  digits: number,
): bigint {
  if (units === quote.due) return amountMinor
  const { numerator, denominator, scale } = quote.rate
  const whole = powerOfTen(decimals) * denominator * powerOfTen(scale)
  return divideRounded(units * numerator * powerOfTen(digits), whole, 'floor')
}

/** Whether terms can be kept: what a setting is checked by. */
export function termsFault(terms: QuoteTerms): string | null {
  if (!Number.isInteger(terms.minSources) || terms.minSources < 1) return 'at least one source makes a rate'
  if (terms.spread.coefficient < 0n) return 'a spread is not negative'
  if (terms.spread.coefficient >= HUNDRED * powerOfTen(terms.spread.scale)) return 'a spread is less than 100 per cent'
  if (terms.maxDeviation.coefficient < 0n) return 'a deviation is not negative'
  return terms.lockMs > 0 && terms.maxAgeMs > 0 ? null : 'a lock and an age are longer than nothing'
}
