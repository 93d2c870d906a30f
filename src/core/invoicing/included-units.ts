import { decimal, toScale } from '../base/decimal.ts'
import { type DayPeriod, startOfDayMs, toDayNumber } from '../base/period.ts'
import { formatQuantity, UNIT_SCALE } from '../base/quantity.ts'
import type { Allowance, Plan } from '../catalog/plan.ts'
import { isShared } from '../charging/allowance-share.ts'
import { allowanceKey, type Balances, givenKey, type Lot } from '../charging/balances.ts'
import { expiryMsOf } from '../charging/operations.ts'

/**
 * Units that cover usage before any price sees it, as a document shows them: of an allowance what was `used` in a billing period of
 * what was `given`, such as 300 of 400; of units that were sold or given as a bonus what is `left`. Quantities are texts.
 */
export interface IncludedUnits {
  readonly kind: 'allowance' | 'prepaid' | 'bonus'
  /** Of an allowance; others have a name in the language of the document. */
  readonly name: string | null
  /** The key of the subscription that has the allowance. */
  readonly subscription: string | null
  readonly unit: string
  /** Half-open; null where units are of no period. */
  readonly period: { readonly from: string; readonly until: string } | null
  /** Of an allowance; null of others. */
  readonly given: string | null
  readonly used: string | null
  /** Of others, at the time of the document; null of an allowance. */
  readonly left: string | null
}

/** Balances of units at the time when a document is made. */
export type UnitBalances = Pick<Balances, 'lots' | 'allowances' | 'given' | 'taxedUse'>

interface UsedUnder {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly period: DayPeriod
}

export interface UnitFacts {
  readonly balances: UnitBalances
  /** The usage lines of the document. */
  readonly used: readonly UsedUnder[]
  readonly plans: ReadonlyMap<string, Plan>
  readonly subscriptions: ReadonlyMap<string, { readonly key: string }>
  readonly zone: string
  readonly issuedOn: string
}

/**
 * What a document shows of the periods that it bills usage of. Of lots whose units are gone, because they ended too long ago,
 * nobody knows any more what was used: they are left out.
 */
export function includedUnits(facts: UnitFacts): IncludedUnits[] {
  const { balances, used, plans, zone, issuedOn } = facts
  const periods = new Map(used.map((use) => [`${use.subscriptionId} ${use.period.start}`, use]))
  const issuedMs = startOfDayMs(issuedOn, zone)
  const isKnown = (ending: Pick<Lot, 'untilMs' | 'unit'>): boolean =>
    issuedMs < (expiryMsOf(ending) ?? Number.POSITIVE_INFINITY)
  const lots = balances.lots.filter((lot) => lot.unit !== null && isKnown(lot))
  const allowances = [...periods.values()].flatMap((use) => {
    const versions = used.filter(({ subscriptionId }) => subscriptionId === use.subscriptionId)
    const given = versions.flatMap(({ planVersionId }) => plans.get(planVersionId)?.prices ?? [])
    const byCode = new Map(given.flatMap((price) => (price.kind === 'allowance' ? [[price.code, price]] : [])))
    const untilMs = startOfDayMs(use.period.end, zone)
    const known = [...byCode.values()].filter(({ unit }) => isKnown({ unit, untilMs }))
    return known.flatMap((allowance) => ofAllowance(facts, lots, use, allowance) ?? [])
  })
  const spans = [...periods.values()].map(({ period: { start, end } }) => ({
    fromMs: startOfDayMs(start, zone),
    untilMs: startOfDayMs(end, zone),
  }))
  const loose = lots.filter(
    ({ origin, fromMs, untilMs }) =>
      !/^(plan|roll_over):/.test(origin) &&
      spans.some((span) => fromMs < span.untilMs && (untilMs ?? Number.POSITIVE_INFINITY) > span.fromMs),
  )
  return [...allowances, ...looseUnits(loose)]
}

/** An allowance in one period, with what came over from the period before; null where nothing was opened. */
function ofAllowance(
  { balances, subscriptions }: UnitFacts,
  lots: readonly Lot[],
  { subscriptionId, period }: UsedUnder,
  allowance: Allowance,
): IncludedUnits | null {
  const { code, name, unit, amount } = allowance
  const number = toDayNumber(period.start)
  const key = givenKey(subscriptionId, code, number)
  const own = lots.filter(({ origin }) => /^(?:plan|roll_over):(.+?)(?:\+\d+)?$/.exec(origin)?.[1] === key)
  const next = `roll_over:${givenKey(subscriptionId, code, toDayNumber(period.end))}`
  const wentOver = sumOf(
    lots.filter(({ origin }) => origin === next),
    (lot) => lot.amount,
  )
  // Lots that are used up are forgotten when many others are, too; what was given stays known.
  const isOpened = balances.allowances.get(allowanceKey(subscriptionId, code))?.includes(number) === true
  const whole = isShared(allowance)
    ? balances.given?.get(key)
    : isOpened
      ? toScale(decimal(amount), UNIT_SCALE)
      : undefined
  if (whole === undefined && own.length === 0) return null
  const known = sumOf(own, (lot) => lot.amount)
  const forgotten = own.some(({ origin }) => origin.startsWith('plan:')) || whole === undefined ? 0n : whole
  const used = sumOf(own, (lot) => lot.amount - lot.remaining) - wentOver + forgotten
  return {
    ...{ kind: 'allowance', name, unit, subscription: subscriptions.get(subscriptionId)?.key ?? null },
    period: { from: period.start, until: period.end },
    ...{ given: formatQuantity(known + forgotten, UNIT_SCALE), used: formatQuantity(used, UNIT_SCALE), left: null },
  }
}

/**
 * What is left of units of no allowance, by where they came from. How much of them was used the lots do not say: a sale may
 * have been taken back.
 */
function looseUnits(lots: readonly Lot[]): IncludedUnits[] {
  const kindOf = ({ source }: Lot): IncludedUnits['kind'] => (source === 'paid' ? 'prepaid' : 'bonus')
  return [...Map.groupBy(lots, (lot) => `${kindOf(lot)} ${lot.unit}`).values()].map((own) => {
    const [first] = own as [Lot, ...Lot[]]
    const named = { kind: kindOf(first), name: null, subscription: null, unit: first.unit as string, period: null }
    const left = sumOf(own, ({ remaining }) => remaining)
    return { ...named, given: null, used: null, left: formatQuantity(left, UNIT_SCALE) }
  })
}

function sumOf(lots: readonly Lot[], amount: (lot: Lot) => bigint): bigint {
  return lots.reduce((sum, lot) => sum + amount(lot), 0n)
}
