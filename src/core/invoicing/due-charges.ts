import { currencyOf } from '../base/currency.ts'
import { exact } from '../base/exact.ts'
import { formatMinor } from '../base/money.ts'
import { type Cycle, periodIndexOf, periodStart } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import { type Billable, minorOf } from './invoice-lines.ts'

/** A billable with what it comes to in minor units, and the day from which it can be billed. */
export interface Due {
  readonly billable: Billable
  readonly minor: bigint
  readonly dueDay: string
}

/** Which days an account is billed on. */
export interface BillDays {
  readonly anchor: string
  readonly cycle: Cycle
}

export function toDueCharges(
  billables: readonly Billable[],
  plans: ReadonlyMap<string, Plan>,
  currency: string,
): Due[] {
  const { minorDigits } = currencyOf(currency)
  return billables.map((billable) => ({
    billable,
    minor: minorOf(billable, minorDigits),
    dueDay: dueDayOf(billable, plans),
  }))
}

/** Usage falls due with its period, also where some of it is billed before. What is owed no more falls due with what it was shown for. */
function dueDayOf(billable: Billable, plans: ReadonlyMap<string, Plan>): string {
  if (billable.dueDay !== undefined) return billable.dueDay
  if (billable.usage !== null) return billable.period.end
  return isInAdvance(billable, plans) ? billable.shown.start : billable.shown.end
}

function isInAdvance({ kind, planVersionId, priceCode }: Billable, plans: ReadonlyMap<string, Plan>): boolean {
  if (kind !== 'recurring') return kind === 'one_off'
  const price = plans.get(planVersionId)?.prices.find(({ code }) => code === priceCode)
  return price?.kind === 'recurring' && price.timing === 'advance'
}

/** The bill on which something that falls due on a day appears: the first boundary that is not before it, by its index. */
export function billIndexOf(day: string, { anchor, cycle }: BillDays): number {
  const index = periodIndexOf(anchor, cycle, day)
  return periodStart(anchor, cycle, index) === day ? index : index + 1
}

/** An adjustment of a billable has its name and follows it. What was used, or taken of a balance, is said by the billable alone. */
export function lowering(
  target: Billable,
  by: { adjustment: string; description: string; minor: bigint },
  currency: string,
): Omit<Billable, 'kind'> {
  const { adjustment, description, minor } = by
  const amount = exact(-minor, currencyOf(currency).minorDigits)
  return {
    ...target,
    adjustment,
    description,
    amount,
    minor: undefined,
    usage: null,
    byDay: undefined,
    taken: undefined,
  }
}

/** By the day on which things fall due, the earliest first. */
export function groupedByDay<T extends { readonly dueDay: string }>(dueCharges: readonly T[]): T[][] {
  return [...Map.groupBy(dueCharges, ({ dueDay }) => dueDay)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group)
}

export function inMajor(amounts: Readonly<Record<string, bigint>>, currency: string): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([name, minor]) => [name, formatMinor(minor, currency)]))
}
