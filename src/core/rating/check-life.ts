import { decimal } from '../base/decimal.ts'
import { suggestSpelling } from '../base/suggest-spelling.ts'
import type { CatalogIssue, Plan, Price, RecurringPrice } from '../catalog/plan.ts'
import { modelOf, SEAT_MODEL_CODES } from './models/models.ts'

/** Phases follow one another and the last one stays; an add-on says what it fits. Paths are relative to the plan. */
export function checkLife({ phases = [], kind = 'plan', fits }: Plan): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  phases.forEach(({ code, lasts }, index) => {
    const isLast = index === phases.length - 1
    if (phases.findIndex((other) => other.code === code) < index)
      issues.push({ path: ['phases', index, 'code'], message: `phase "${code}" stands here twice` })
    if ((lasts === null) !== isLast) {
      const message = isLast ? 'the last phase has no end: write lasts: null' : 'only the last phase has no end'
      issues.push({ path: ['phases', index, 'lasts'], message })
    }
  })
  if (kind === 'add_on' && fits === undefined)
    issues.push({ path: ['kind'], message: 'an add-on names the plans that it is sold with: fits: [codes]' })
  if (kind === 'plan' && fits !== undefined)
    issues.push({ path: ['fits'], message: 'only an add-on (kind: add_on) fits plans' })
  return issues
}

export function checkPhasesOf(price: Price, { phases = [] }: Plan): CatalogIssue[] {
  const codes = phases.map(({ code }) => code)
  return (price.phases ?? []).flatMap((code, index) =>
    codes.includes(code)
      ? []
      : [{ path: ['phases', index], message: `the plan has no phase "${code}"${suggestSpelling(code, codes)}` }],
  )
}

/** A recurring price asks an amount for each seat, or has a rate by the number of seats. */
export function checkSeats({ amount, rate, daily, proration }: RecurringPrice): CatalogIssue[] {
  if (daily !== undefined && proration !== 'day')
    return [{ path: ['proration'], message: 'what is taken day by day has its share by days: leave proration out' }]
  if ((amount === undefined) === (rate === undefined))
    return [{ path: [], message: 'a recurring price needs an amount or a rate, and not both' }]
  if (rate === undefined) return []
  const path = ['rate']
  if (!SEAT_MODEL_CODES.includes(rate.model))
    return [{ path, message: `seats are priced by ${SEAT_MODEL_CODES.join(', ')}, not by ${rate.model}` }]
  const issues = modelOf(rate)
    .check(rate)
    .map((issue) => ({ path: [...path, ...issue.path], message: issue.message }))
  if ((rate.freeUnits ?? rate.increments ?? rate.connectionFee) !== undefined)
    issues.push({ path, message: 'seats have no freeUnits, increments or connectionFee; use tiers' })
  if (rate.model === 'per_unit' && rate.steps !== undefined)
    issues.push({ path: [...path, 'steps'], message: 'seats are no session: use tiers' })
  if ('beyond' in rate && rate.beyond !== undefined)
    issues.push({ path: [...path, 'beyond'], message: 'seats have no end: leave "beyond" out' })
  const broken = modelOf(rate)
    .quantities(rate)
    .find((text) => decimal(text).scale > 0)
  if (broken !== undefined) issues.push({ path, message: `seats are whole: ${broken} is not` })
  return issues
}
