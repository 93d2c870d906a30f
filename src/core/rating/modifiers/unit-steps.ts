import { compare, decimal, toScale, ZERO } from '../../base/decimal.ts'
import type { CatalogIssue } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'

/** A rate of a price, by the name of its rate element. */
export interface NamedTerms {
  readonly name: string | null
  readonly terms: RateTerms
  /**
   * The rates that follow in the course of a session: after so many units the one in this place of the list. All rates of
   * one session have the same.
   */
  readonly steps?: readonly { readonly after: string; readonly place: number }[]
}

/** The same in whole numbers: from so much of a session on, at the meter's scale, another rate element holds. */
export type ElementSteps = readonly { readonly from: bigint; readonly elementAt: number }[]

/**
 * Each price of a unit in the course of a session has a rate element of its own, and so a line that multiplies out: "first 60" and
 * "after 60". Those that follow come after all the others in the list, whose places stay as they are.
 */
export function withSteps(rates: readonly NamedTerms[]): readonly NamedTerms[] {
  if (!rates.some(({ terms }) => 'steps' in terms && terms.steps !== undefined)) return rates
  const all: NamedTerms[] = [...rates]
  rates.forEach(({ name, terms }, place) => {
    if (terms.model !== 'per_unit' || terms.steps === undefined) return
    const named = (part: string): string => (name === null ? part : `${name}, ${part}`)
    const { steps: then, ...shared } = terms
    const steps = then.map(({ after }, at) => ({ after, place: all.length + at }))
    for (const { after, unitAmount } of then)
      all.push({ name: named(`after ${after}`), terms: { ...shared, unitAmount }, steps })
    all[place] = { name: named(`first ${then[0]?.after}`), terms, steps }
  })
  return all
}

export function compileSteps({ steps }: NamedTerms, meterScale: number): ElementSteps | null {
  return steps?.map(({ after, place }) => ({ from: toScale(decimal(after), meterScale), elementAt: place })) ?? null
}

/** The rate element that holds where a session has used so much. @param elementAt the rate element that it begins with. */
export function stepAt(steps: ElementSteps, elementAt: number, used: bigint): number {
  return steps.findLast(({ from }) => used >= from)?.elementAt ?? elementAt
}

/** How much is left until the next step; null where there is none. */
export function leftInStep(steps: ElementSteps, used: bigint): bigint | null {
  const next = steps.find(({ from }) => from > used)
  return next === undefined ? null : next.from - used
}

/** Steps rise; what counts in the period's quantity means nothing where each step has a quantity of its own. */
export function checkSteps(terms: RateTerms): CatalogIssue[] {
  if (terms.model !== 'per_unit' || terms.steps === undefined) return []
  const { steps: then } = terms
  const issues = then.flatMap(({ after }, at): CatalogIssue[] => {
    const before = then[at - 1]?.after ?? '0'
    if (compare(decimal(after), decimal(before)) > 0) return []
    return [
      { path: ['steps', at, 'after'], message: `steps must rise: after is ${after}, it should be more than ${before}` },
    ]
  })
  const names = ['perRecord', 'freeUnits', 'maximum'] as const
  const instead = {
    perRecord: '',
    freeUnits: '; an allowance covers all of a call',
    maximum: '; a cap bounds all of them',
  }
  return [
    ...issues,
    ...names
      .filter((name) => terms[name] !== undefined)
      .map((name) => ({
        path: [name],
        message: `each step has a quantity and an amount of its own: leave ${name} out${instead[name]}`,
      })),
  ]
}

/** Whether any unit of a session costs something. */
export function costsAnything(terms: RateTerms): boolean {
  if (terms.model !== 'per_unit') return false
  return [terms, ...(terms.steps ?? [])].some(({ unitAmount }) => compare(decimal(unitAmount), ZERO) > 0)
}
