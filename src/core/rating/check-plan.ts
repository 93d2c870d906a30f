import { currencyOf, findCurrency } from '../base/currency.ts'
import { compare, decimal, fitsScale, ZERO } from '../base/decimal.ts'
import { isZone } from '../base/period.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import { suggestSpelling } from '../base/suggest-spelling.ts'
import type {
  Allowance,
  CatalogIssue,
  ContractCommit,
  Matrix,
  Meter,
  Plan,
  Price,
  Schedule,
  SpendBound,
  UsagePrice,
} from '../catalog/plan.ts'
import { checkTranslations } from '../catalog/translations.ts'
import { runsOn } from '../metering/series.ts'
import { isTaxedWhenSold } from '../tax/decide-tax.ts'
import { GROUP_SIGN, groupProperties } from './attributes.ts'
import { checkLife, checkPhasesOf, checkSeats } from './check-life.ts'
import { checkRate } from './check-rate.ts'
import { ratesOf } from './compile-price.ts'
import { modelOf } from './models/models.ts'
import { checkConversion } from './modifiers/conversion.ts'
import { checkDeck, type KnownDeck } from './selectors/deck-price.ts'
import { checkMatrix, matrixRates } from './selectors/matrix.ts'
import { checkBands } from './selectors/week-bands.ts'

/** What plans may refer to. */
export interface KnownNames {
  readonly meters: ReadonlyMap<string, Meter>
  readonly schedules: ReadonlyMap<string, Schedule>
  readonly decks?: ReadonlyMap<string, KnownDeck>
}

function under(path: readonly (string | number)[], issues: readonly CatalogIssue[]): CatalogIssue[] {
  return issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message }))
}

/** The rules of a plan that a schema of its shape cannot express. Paths are relative to the plan. */
export function checkPlan(plan: Plan, known: KnownNames): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  if (findCurrency(plan.currency) === undefined) {
    issues.push({ path: ['currency'], message: unknownCurrency(plan.currency) })
  }
  issues.push(...checkLife(plan))
  const seen = new Set<string>()
  plan.prices.forEach((price, index) => {
    const path = ['prices', index]
    if (seen.has(price.code)) {
      issues.push({ path: [...path, 'code'], message: `price code "${price.code}" is used twice in this plan` })
    }
    seen.add(price.code)
    if (
      price.kind === 'recurring' &&
      price.proration === 'fixed30' &&
      price.every.unit !== 'month' &&
      price.every.unit !== 'year'
    ) {
      const message = 'fixed30 counts months of 30 days; for days and weeks use day'
      issues.push({ path: [...path, 'proration'], message })
    }
    issues.push(...under(path, checkPhasesOf(price, plan)))
    if (price.kind === 'recurring') issues.push(...under(path, checkSeats(price)))
    if (price.kind === 'allowance') issues.push(...under(path, checkAllowance(price, known)))
    if (price.kind === 'commitment' || price.kind === 'cap')
      issues.push(...under(path, checkSpendBound(price, plan, known)))
    if (price.kind === 'commit') issues.push(...under(path, checkCommit(price, plan)))
    if (price.kind === 'usage') issues.push(...under(path, checkUsagePrice(price, known)))
  })
  issues.push(...checkTranslations(plan, known.meters))
  return issues
}

/** A minimum or maximum counts charges of the plan. */
function checkSpendBound({ counts, every }: SpendBound, { prices }: Plan, { meters }: KnownNames): CatalogIssue[] {
  const charged = prices.filter(({ kind }) => kind === 'recurring' || kind === 'one_off' || kind === 'usage')
  const codes = charged.map(({ code }) => code)
  const isShort = every.unit === 'day' || every.unit === 'week'
  const issues = charged.flatMap((price): CatalogIssue[] => {
    const meter = price.kind === 'usage' ? meters.get(price.meter) : undefined
    if (!isShort || meter === undefined || !runsOn(meter) || counts?.includes(price.code) === false) return []
    const message = `what "${price.code}" comes to in a ${every.unit} is not known: its meter "${meter.code}" (${meter.aggregator}) runs on between records; count by months, or name other prices in counts`
    return [{ path: ['every'], message }]
  })
  const unknown = (counts ?? []).flatMap((code, index) =>
    codes.includes(code)
      ? []
      : [
          {
            path: ['counts', index],
            message: `no price of this plan charges as "${code}"${suggestSpelling(code, codes)}`,
          },
        ],
  )
  return [...unknown, ...issues]
}

function checkCommit({ amount, taxClass, scope }: ContractCommit, { currency, prices }: Plan): CatalogIssue[] {
  const digits = findCurrency(currency)?.minorDigits
  const isAmount = compare(decimal(amount), ZERO) > 0 && (digits === undefined || fitsScale(decimal(amount), digits))
  const message = `a commit is an amount above zero with the digits of ${currency}`
  const issues = isAmount ? [] : [{ path: ['amount'], message }]
  if (taxClass === undefined || !isTaxedWhenSold(taxClass)) return issues
  const other = prices.find(
    (price) =>
      price.kind === 'usage' &&
      scope?.prices?.includes(price.code) !== false &&
      scope?.meters?.includes(price.meter) !== false &&
      (price.taxClass ?? 'general') !== taxClass,
  )
  return other === undefined ? issues : [...issues, { path: ['taxClass'], message: otherClass(taxClass, other) }]
}

function otherClass(own: string, price: Price): string {
  const theirs = 'taxClass' in price ? price.taxClass : undefined
  const has = theirs === undefined ? 'none, which is "general"' : `"${theirs}"`
  const fault = `a commit of the class "${own}" is taxed when it is sold, and pays for prices of that class alone; "${price.code}" has ${has}`
  return `${fault}: give it this class, leave it out of the commit's scope, or leave out the commit's taxClass, and it is taxed when it is used`
}

function checkAllowance({ unit, amount, scope }: Allowance, { meters }: KnownNames): CatalogIssue[] {
  const units = [...new Set([...meters.values()].map((meter) => meter.unit))]
  const issues: CatalogIssue[] = []
  if (!units.includes(unit))
    issues.push({ path: ['unit'], message: `no meter counts in "${unit}"${suggestSpelling(unit, units)}` })
  if (!fitsScale(decimal(amount), UNIT_SCALE))
    issues.push({ path: ['amount'], message: `${amount} has more than ${UNIT_SCALE} digits` })
  scope?.meters?.forEach((code, index) => {
    if (!meters.has(code))
      issues.push({
        path: ['scope', 'meters', index],
        message: `unknown meter "${code}"${suggestSpelling(code, meters.keys())}`,
      })
  })
  return issues
}

function unknownCurrency(code: string): string {
  const upper = code.toUpperCase()
  const hint =
    findCurrency(upper) === undefined ? 'use an ISO 4217 code such as EUR' : `write ${currencyOf(upper).code}`
  return `unknown currency "${code}"; ${hint}`
}

function checkUsagePrice(price: UsagePrice, known: KnownNames): CatalogIssue[] {
  const meter = known.meters.get(price.meter)
  const issues: CatalogIssue[] = []
  if (meter === undefined) {
    issues.push({
      path: ['meter'],
      message: `unknown meter "${price.meter}"${suggestSpelling(price.meter, known.meters.keys())}`,
    })
  }
  if (price.invoiceLine === 'group' && meter !== undefined && meter.groupBy === undefined) {
    const message = `meter "${meter.code}" has no groupBy, so there are no groups to have lines: write price or rate`
    issues.push({ path: ['invoiceLine'], message })
  }
  const ways = [price.rate, price.bands, price.schedule, price.matrix, price.deck].filter((way) => way !== undefined)
  if (ways.length !== 1) {
    issues.push({ path: [], message: 'a usage price needs exactly one of rate, bands, schedule, matrix and deck' })
  }
  if (price.zone !== undefined && !isZone(price.zone)) {
    issues.push({ path: ['zone'], message: `unknown time zone "${price.zone}"; use an IANA name such as Europe/Kyiv` })
  }
  const hasBands = [price, price.deck, ...(price.matrix?.rates ?? [])].some((part) => part?.bands !== undefined)
  if (price.holidays !== undefined && !hasBands)
    issues.push({ path: ['holidays'], message: 'holidays choose among bands, and this price has none' })
  if (meter !== undefined && runsOn(meter) && price.rate === undefined) {
    const message = `meter "${meter.code}" runs on from record to record (${meter.aggregator}): it needs one rate for all times`
    issues.push({ path: [], message })
  }
  if (meter !== undefined && runsOn(meter) && price.rate !== undefined && 'beyond' in price.rate && price.rate.beyond) {
    const message = `meter "${meter.code}" runs on without records (${meter.aggregator}), so nothing can be refused: leave "beyond" out`
    issues.push({ path: ['rate', 'beyond'], message })
  }
  if (price.convert !== undefined) issues.push(...under(['convert'], checkConversion(price.convert)))
  if (price.rate !== undefined) issues.push(...under(['rate'], checkRate(price.rate, meter, price.convert)))
  price.bands?.forEach((band, index) => {
    issues.push(...under(['bands', index, 'rate'], checkRate(band.rate, meter, price.convert)))
  })
  if (price.otherwise !== undefined)
    issues.push(...under(['otherwise', 'rate'], checkRate(price.otherwise.rate, meter, price.convert)))
  issues.push(...checkNames(price))
  if (meter?.groupBy !== undefined) issues.push(...checkGroups(price, groupProperties(meter).join(', ')))
  issues.push(...checkBelowZero(price, meter))
  if (price.deck !== undefined)
    issues.push(...under(['deck'], checkDeck(price.deck, known.decks ?? new Map(), price.holidays)))
  if (price.matrix !== undefined) issues.push(...under(['matrix'], checkMatrixRates(price, price.matrix, meter)))
  if (price.bands !== undefined) issues.push(...checkBands(price.bands, price.otherwise !== undefined, price.holidays))
  if (price.schedule !== undefined)
    issues.push(...under(['schedule'], checkScheduledRates(price, price.schedule, meter, known)))
  return issues
}

/** Only a model that has one price for every unit knows what a unit less is worth. */
function checkBelowZero(price: UsagePrice, meter: Meter | undefined): CatalogIssue[] {
  const { belowZero, deck } = price
  if (meter?.negative !== undefined && deck !== undefined)
    return [{ path: ['deck'], message: `meter "${meter.code}" has records that take back: a deck is for sessions` }]
  if (belowZero === undefined || meter === undefined) return []
  if (meter.negative === undefined)
    return [
      { path: ['belowZero'], message: `meter "${meter.code}" has no records below zero: it lacks negative: allowed` },
    ]
  const other =
    belowZero === 'credited' ? ratesOf(price).find(({ terms }) => modelOf(terms).isLinear !== true) : undefined
  if (other === undefined) return []
  const message = `the model "${other.terms.model}" has no price for units below zero: credited needs per_unit`
  return [{ path: ['belowZero'], message }]
}

function checkMatrixRates({ convert, holidays }: UsagePrice, matrix: Matrix, meter: Meter | undefined): CatalogIssue[] {
  const issues = checkMatrix(matrix)
  matrix.rates.forEach((entry, index) => {
    const path = ['rates', index]
    if (entry.rate !== undefined) issues.push(...under([...path, 'rate'], checkRate(entry.rate, meter, convert)))
    entry.bands?.forEach((band, at) => {
      issues.push(...under([...path, 'bands', at, 'rate'], checkRate(band.rate, meter, convert)))
    })
    if (entry.otherwise !== undefined)
      issues.push(...under([...path, 'otherwise', 'rate'], checkRate(entry.otherwise.rate, meter, convert)))
    if (entry.bands !== undefined)
      issues.push(...under(path, checkBands(entry.bands, entry.otherwise !== undefined, holidays)))
  })
  if (matrix.otherwise !== undefined)
    issues.push(...under(['otherwise', 'rate'], checkRate(matrix.otherwise.rate, meter, convert)))
  const names = matrixRates(matrix).map(({ name }) => name)
  const double = names.find((name, index) => names.indexOf(name) < index)
  if (double !== undefined) {
    const message = `"${double}" is the name of two rates of this matrix; give each its own`
    issues.push({ path: ['rates'], message })
  }
  return issues
}

/** The name of a rate and the value of a group together name a counter. */
function checkGroups(price: UsagePrice, groupBy: string): CatalogIssue[] {
  if (price.deck !== undefined) {
    const message = `a deck has a counter for each destination already; use a meter without "groupBy: ${groupBy}"`
    return [{ path: ['deck'], message }]
  }
  return ratesOf(price).flatMap(({ name, terms }) => [
    ...(name?.includes(GROUP_SIGN) === true
      ? [{ path: [], message: `"${name}" has a "${GROUP_SIGN}", which parts the name of a rate from its group` }]
      : []),
    ...('flatOnZero' in terms && terms.flatOnZero === true
      ? [{ path: [], message: 'flatOnZero cannot be charged per group: groups without usage are not known' }]
      : []),
  ])
}

/** The name of a band names its counter: two bands of one name would share it. */
function checkNames(price: UsagePrice): CatalogIssue[] {
  const seen = new Set<string>()
  const bands = (price.bands ?? []).map(({ name }, index) => ({ name, path: ['bands', index, 'name'] }))
  const otherwise = price.otherwise === undefined ? [] : [{ name: price.otherwise.name, path: ['otherwise', 'name'] }]
  return [...bands, ...otherwise].flatMap(({ name, path }) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [{ path, message: `"${name}" is the name of another band of this price; give each its own` }]
  })
}

function checkScheduledRates(
  { convert }: UsagePrice,
  scheduled: NonNullable<UsagePrice['schedule']>,
  meter: Meter | undefined,
  known: KnownNames,
): CatalogIssue[] {
  const issues = Object.entries(scheduled.rates).flatMap(([name, terms]) =>
    under(['rates', name], checkRate(terms, meter, convert)),
  )
  const schedule = known.schedules.get(scheduled.code)
  if (schedule === undefined) {
    const message = `unknown schedule "${scheduled.code}"${suggestSpelling(scheduled.code, known.schedules.keys())}`
    return [...issues, { path: ['code'], message }]
  }
  const missing = [...new Set(schedule.values)].filter((value) => !Object.hasOwn(scheduled.rates, value))
  if (missing.length > 0) {
    const message = `schedule "${scheduled.code}" also has ${missing.map((name) => `"${name}"`).join(', ')}: add a rate for each`
    issues.push({ path: ['rates'], message })
  }
  return issues
}
