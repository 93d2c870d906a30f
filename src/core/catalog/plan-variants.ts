import { suggestSpelling } from '../base/suggest-spelling.ts'
import type { CatalogIssue, Plan, Price } from './plan.ts'

/** What a variant of a plan prices differently: fields of prices by the prices' codes. */
export type PriceChanges = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A plan as its file has it: `currencies` says what differs in each further currency. */
export type PlanSource = Plan & { readonly currencies?: Readonly<Record<string, PriceChanges>> | undefined }

/** The fields that may differ, by the kind of a price. One of each group replaces the others of it. */
const FIELDS: Readonly<Record<Price['kind'], readonly string[]>> = {
  recurring: ['amount', 'rate'],
  one_off: ['amount'],
  usage: ['rate', 'bands', 'otherwise', 'schedule', 'matrix', 'deck', 'per'],
  allowance: ['amount'],
  commitment: ['amount'],
  cap: ['amount'],
  commit: ['amount'],
}
const ALTERNATIVES: readonly string[] = ['amount', 'rate', 'bands', 'schedule', 'matrix', 'deck']

/** A plan with some prices changed, and what does not fit it. */
export function withPrices(plan: Plan, changes: PriceChanges): { plan: Plan; issues: CatalogIssue[] } {
  const codes = plan.prices.map(({ code }) => code)
  const issues: CatalogIssue[] = []
  for (const [code, fields] of Object.entries(changes)) {
    const price = plan.prices.find((candidate) => candidate.code === code)
    if (price === undefined) {
      issues.push({ path: [code], message: `no price "${code}" in this plan${suggestSpelling(code, codes)}` })
      continue
    }
    const allowed = FIELDS[price.kind]
    for (const field of Object.keys(fields).filter((name) => !allowed.includes(name)))
      issues.push({ path: [code, field], message: `of a price of kind ${price.kind}: ${allowed.join(', ')}` })
  }
  const prices = plan.prices.map((price) => {
    const fields = changes[price.code]
    if (fields === undefined) return price
    const isReplaced = Object.keys(fields).some((name) => ALTERNATIVES.includes(name))
    const kept = Object.entries(price).filter(([name]) => !isReplaced || !ALTERNATIVES.includes(name))
    const keepsRest = !isReplaced || fields['bands'] !== undefined
    const withoutRest = kept.filter(([name]) => keepsRest || name !== 'otherwise')
    return { ...Object.fromEntries(withoutRest), ...fields } as unknown as Price
  })
  return { plan: { ...plan, prices }, issues }
}

/** One plan for each currency. All that costs money needs a price in each. */
export function plansByCurrency({ currencies = {}, ...plan }: PlanSource): { plans: Plan[]; issues: CatalogIssue[] } {
  const plans: Plan[] = [plan]
  const issues: CatalogIssue[] = []
  for (const [currency, changes] of Object.entries(currencies)) {
    const path = ['currencies', currency]
    const missing = plan.prices.filter(({ code, kind }) => kind !== 'allowance' && changes[code] === undefined)
    if (currency === plan.currency) issues.push({ path, message: `${currency} is the plan's own currency` })
    if (missing.length > 0) {
      const codes = missing.map(({ code }) => `"${code}"`).join(', ')
      issues.push({ path, message: `in ${currency} these have no price: ${codes}` })
    }
    const variant = withPrices({ ...plan, currency }, changes)
    issues.push(...variant.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })))
    plans.push(variant.plan)
  }
  return { plans, issues }
}
