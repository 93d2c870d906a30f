import { decimal, fitsScale } from '../base/decimal.ts'
import type { CatalogIssue, Conversion, Meter } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { isAdditive } from '../metering/series.ts'
import { modelOf } from './models/models.ts'
import { checkModifiers } from './modifiers/modifiers.ts'
import { checkSteps } from './modifiers/unit-steps.ts'

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
