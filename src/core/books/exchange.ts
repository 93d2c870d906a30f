import { currencyOf } from '../base/currency.ts'
import { decimal } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'

/** What a unit of one currency was worth in another on a day: `1 EUR = 1.0823 USD`. */
export interface ExchangeRate {
  readonly day: string
  readonly base: string
  readonly currency: string
  /** A decimal: so much of `currency` for one of `base`. */
  readonly rate: string
}

/** A rate by which amounts are converted, exactly: so many units of the target for `denominator` units of the source. */
export interface Conversion {
  readonly numerator: bigint
  readonly denominator: bigint
  /** How it came about, `1 EUR = 1.0823 USD on 2026-01-30`; null where both are the same currency. */
  readonly words: string | null
}

const SAME: Conversion = { numerator: 1n, denominator: 1n, words: null }
/** A rate holds until the next one: over weekends and holidays, and no longer. */
const MAX_AGE_DAYS = 10

/** Rates by day, which are asked again and again. */
export class ExchangeRates {
  private readonly pairs: ReadonlyMap<string, readonly ExchangeRate[]>
  private readonly known = new Map<string, Conversion | null>()

  /** @param rates in any order; of two of one day and pair the later one in the list holds */
  constructor(rates: readonly ExchangeRate[]) {
    const pairs = Map.groupBy(rates, ({ base, currency }) => `${base} ${currency}`)
    for (const [name, of] of pairs)
      pairs.set(
        name,
        of.toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day))),
      )
    this.pairs = pairs
  }

  /** How amounts of a day are converted; null where there is no rate of that day, or of the ten before it. */
  on(from: string, to: string, day: string): Conversion | null {
    if (from === to) return SAME
    const name = `${from} ${to} ${day}`
    const known = this.known.get(name)
    if (known !== undefined) return known
    const found = this.direct(from, to, day) ?? this.across(from, to, day)
    this.known.set(name, found)
    return found
  }

  private direct(from: string, to: string, day: string): Conversion | null {
    const straight = this.last(from, to, day)
    if (straight !== null) return { ...ratio(straight), words: wordsOf(straight) }
    const turned = this.last(to, from, day)
    if (turned === null) return null
    const { numerator, denominator } = ratio(turned)
    return { numerator: denominator, denominator: numerator, words: wordsOf(turned) }
  }

  /** Over a currency that has rates for both, as the euro has in the rates of the ECB. */
  private across(from: string, to: string, day: string): Conversion | null {
    const bases = new Set([...this.pairs.keys()].map((name) => name.split(' ')[0] as string))
    for (const base of bases) {
      const [first, second] = [this.last(base, from, day), this.last(base, to, day)]
      if (first === null || second === null) continue
      const [a, b] = [ratio(first), ratio(second)]
      const words = `${wordsOf(first)}, ${wordsOf(second)}`
      return { numerator: b.numerator * a.denominator, denominator: b.denominator * a.numerator, words }
    }
    return null
  }

  private last(base: string, currency: string, day: string): ExchangeRate | null {
    const found = (this.pairs.get(`${base} ${currency}`) ?? []).findLast((rate) => rate.day <= day)
    if (found === undefined) return null
    const oldest = Temporal.PlainDate.from(day).subtract({ days: MAX_AGE_DAYS }).toString()
    return found.day < oldest ? null : found
  }
}

function ratio({ rate }: ExchangeRate): Pick<Conversion, 'numerator' | 'denominator'> {
  const { coefficient, scale } = decimal(rate)
  return { numerator: coefficient, denominator: powerOfTen(scale) }
}

function wordsOf({ base, currency, rate, day }: ExchangeRate): string {
  return `1 ${base} = ${rate} ${currency} on ${day}`
}

/** Minor units of one currency in minor units of another, rounded half-up. Example: 100.00 USD at 1 EUR = 1.25 USD are 80.00 EUR. */
export function converted(
  amountMinor: bigint,
  { numerator, denominator }: Conversion,
  from: string,
  to: string,
): bigint {
  if (from === to) return amountMinor
  const digits = currencyOf(to).minorDigits - currencyOf(from).minorDigits
  const [up, down] = digits >= 0 ? [powerOfTen(digits), 1n] : [1n, powerOfTen(-digits)]
  return divideRounded(amountMinor * numerator * up, denominator * down, 'half_up')
}
