import type { TaxDecision, Undecided } from './decide-tax.ts'
import { certificateOf, type Supply } from './supply.ts'
import { findTaxClass } from './tax-classes.ts'

/** What an engine of tax outside Kvit has said of the supplies of one seller to one buyer. */
export interface OutsideTax {
  /** As people know it: `Avalara`. */
  readonly engine: string
  /** Countries of buyers, ISO 3166-1, that it is asked about; all where there is none. All else is decided by Kvit's own rules. */
  readonly countries: readonly string[]
  /** By `questionKey`. */
  readonly answers: ReadonlyMap<string, TaxDecision>
}

/** What is asked: how a supply of a class is taxed on a day. Kvit computes the amounts, so that none is asked about. */
export interface TaxQuestion {
  readonly taxClass: string
  readonly suppliedOn: string
}

export function questionKey({ taxClass, suppliedOn }: TaxQuestion): string {
  return `${suppliedOn} ${taxClass}`
}

/** What cannot be decided before the engine has answered. */
export interface AskedOutside extends Undecided {
  readonly asks: TaxQuestion
}

/** The engine's answer; what is to be asked; or null where it is not asked: in another country, and of what has no tax by its class. */
export function decideOutside(outside: OutsideTax, supply: Supply): TaxDecision | AskedOutside | null {
  const { engine, countries, answers } = outside
  const { buyer, deliveredTo, taxClass, suppliedOn } = supply
  const place = deliveredTo ?? buyer.place
  if (countries.length > 0 && !countries.includes(place.country)) return null
  // An engine is told of no certificates: who has one is exempt by Kvit's own rules.
  if (certificateOf(buyer, place, suppliedOn) !== null) return null
  if ((findTaxClass(taxClass)?.rates.length ?? 0) === 0) return null
  const found = answers.get(questionKey(supply))
  if (found !== undefined) return found
  return { undecided: `${engine} is asked how ${taxClass} is taxed on ${suppliedOn}`, asks: { taxClass, suppliedOn } }
}
