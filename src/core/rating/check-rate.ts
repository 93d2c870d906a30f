import { compare, decimal, fitsScale, ZERO } from '../base/decimal.ts'
import type { CatalogIssue, Conversion, Meter } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { isAdditive } from '../metering/series.ts'
import { modelOf } from './models.ts'
import { checkSteps, costsAnything } from './unit-steps.ts'

const HUNDRED = decimal('100')

function isPositive(text: string): boolean {
  return compare(decimal(text), ZERO) > 0
}

/** The rules of a rate that no schema can express. Paths are relative to its terms. */
export function checkRate(terms: RateTerms, meter: Meter | undefined, convert: Conversion | undefined): CatalogIssue[] {
  const issues = [
    ...modelOf(terms).check(terms),
    ...checkModifiers(terms),
    ...checkSteps(terms),
    ...checkPerEvent(terms, convert),
    ...(meter === undefined || hasSingleUses(meter) ? [] : checkObserved(terms, meter)),
  ]
  return meter === undefined ? issues : [...issues, ...checkDigits(terms, meter, convert)]
}

function checkModifiers(terms: RateTerms): CatalogIssue[] {
  const { increments, discountPercent, perRecord, maximumCost, connectionFee = '0' } = terms
  const issues: CatalogIssue[] = []
  if (increments !== undefined && !(isPositive(increments.first) && isPositive(increments.next)))
    issues.push({ path: ['increments'], message: 'an increment is more than 0 units' })
  if (discountPercent !== undefined && compare(decimal(discountPercent), HUNDRED) > 0)
    issues.push({ path: ['discountPercent'], message: `${discountPercent} % is more than the whole amount` })
  const { minimum, maximum } = perRecord ?? {}
  if (minimum !== undefined && maximum !== undefined && compare(decimal(minimum), decimal(maximum)) > 0)
    issues.push({ path: ['perRecord', 'minimum'], message: 'the minimum is more than the maximum' })
  if (maximumCost === undefined) return issues
  if (!costsAnything(terms))
    issues.push({ path: ['maximumCost'], message: 'only a per_unit rate above 0 has a maximum cost of a session' })
  if (compare(decimal(maximumCost.amount), decimal(connectionFee)) < 0)
    issues.push({ path: ['maximumCost', 'amount'], message: 'the connection fee alone is more than the maximum cost' })
  return issues
}

/** Models that give each record an amount of its own see what the record carries, as it is. */
function checkPerEvent(terms: RateTerms, convert: Conversion | undefined): CatalogIssue[] {
  if (modelOf(terms).isPerEvent !== true) return []
  const given = { convert, ...terms }
  const names = ['convert', 'freeUnits', 'increments', 'freePerSession', 'connectionFee'] as const
  return names
    .filter((name) => given[name] !== undefined)
    .map((name) => ({
      path: [name],
      message: `the model "${terms.model}" charges each record by itself: leave ${name} out`,
    }))
}

/** Whether each record is a use of its own: it is none where the quantity is no sum of records, or a record may take others back. */
function hasSingleUses(meter: Meter): boolean {
  return isAdditive(meter) && meter.negative === undefined
}

/** What is charged of each record by itself means nothing where records are no uses of their own. */
function checkObserved(terms: RateTerms, { code, aggregator, negative }: Meter): CatalogIssue[] {
  const why =
    negative === undefined ? `does not add up its records (${aggregator})` : 'has records that take back (negative)'
  const message = `meter "${code}" ${why}`
  if (modelOf(terms).isPerEvent === true)
    return [{ path: ['model'], message: `${message}: the model "${terms.model}" needs single records` }]
  const names = ['increments', 'freePerSession', 'maximumCost', 'connectionFee', 'perRecord', 'steps'] as const
  const given = { steps: undefined, ...terms }
  return names
    .filter((name) => given[name] !== undefined)
    .map((name) => ({ path: [name], message: `${message}: leave ${name} out` }))
}

function checkDigits(terms: RateTerms, meter: Meter, convert: Conversion | undefined): CatalogIssue[] {
  const { increments, freeUnits, freePerSession } = terms
  const ofPrice = [...modelOf(terms).quantities(terms), freeUnits]
  const steps = terms.model === 'per_unit' ? (terms.steps ?? []) : []
  const ofMeter = [increments?.first, increments?.next, freePerSession, ...steps.map(({ after }) => after)]
  const tooFine = [...(convert === undefined ? ofPrice : []), ...ofMeter].find(
    (text) => text !== undefined && !fitsScale(decimal(text), meter.scale),
  )
  if (tooFine === undefined) return []
  const message = `${tooFine} has more digits than meter "${meter.code}", which counts in steps of 10^-${meter.scale}`
  return [{ path: [], message }]
}

export function checkConversion({ divideBy, multiplyBy }: Conversion): CatalogIssue[] {
  if ((divideBy === undefined) === (multiplyBy === undefined))
    return [{ path: [], message: 'a conversion has either divideBy or multiplyBy' }]
  if (isPositive(divideBy ?? multiplyBy ?? '0')) return []
  return [{ path: [], message: 'a conversion is by more than 0' }]
}
