import { present } from '../../core/base/assert.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { attributeInData } from '../../core/mediation/attribute-columns.ts'
import { textAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { attributesOf, groupFaultAt, groupIn, groupProperties } from '../../core/rating/attributes.ts'
import { type CompiledPrice, cellInSession, cellNamed } from '../../core/rating/compiled-price.ts'
import { NO_CELL } from '../../core/rating/no-cell.ts'
import type { PricedMeter } from '../definitions/definitions.ts'
import type { Ground } from '../memory/ground.ts'
import type { Fault } from './fault.ts'
import type { LocatedUse } from './located-use.ts'
import { cellInPeriod } from './plan-slots.ts'

/** The rate that applies to a record under one price, and the number of its cell. */
export type LocatedCell = Pick<LocatedUse, 'meter' | 'cellAt' | 'cell'>

/** The record is one of those that the filters of all meters of its plan leave out. */
export const UNREAD: Fault = ['no_price', 'no meter of the plan reads a record with these attributes']

/** The price has no tier for so much in a period. */
export function beyondTiers({ meter, cellAt }: Pick<LocatedCell, 'meter' | 'cellAt'>): Fault {
  const { price, cells, scales } = meter.price
  const cell = cells[cellAt]
  const most = formatQuantity(cell?.lastPriced ?? 0n, scales.quantityScale)
  const name = cell?.name ?? null
  return ['no_price', `price ${price.code}${name === null ? '' : `, ${name},`} has no price beyond ${most} in a period`]
}

const NO_VALUES: readonly string[] = []

/** What a record has of the attributes of a price. */
export function attributesAt(batch: UsageBatch, row: number, { attributeKeys, price }: PricedMeter): readonly string[] {
  if (attributeKeys.length === 0) return NO_VALUES
  return attributeKeys.map((key, at) => {
    const column = batch.attributes.get(key)
    // A batch that was decoded before the price existed has no column for it.
    return column === undefined
      ? attributeInData(textAt(batch.data, row), price.attributes[at] as string)
      : textAt(column, row)
  })
}

/** What a price has no rate for. */
function describeMissing({ price, attributes }: CompiledPrice, values: readonly string[]): string {
  const chosen = attributesOf(price).map(
    (name) => `${name} "${(values[attributes.indexOf(name)] ?? '').slice(0, 100)}"`,
  )
  return chosen.length === 0 ? 'has no rate for this time' : `has no rate for ${chosen.join(', ')} at this time`
}

/**
 * The rate that applies to a record under one price.
 * @param values of the price's attributes.
 * @param used what its session has used before: rates may change in the course of it.
 */
export function locateCell(
  state: Ground,
  service: number,
  subscription: number,
  meter: PricedMeter,
  period: number,
  startMs: number,
  values: readonly string[],
  used = 0n,
): LocatedCell | Fault {
  const begins = meter.price.selector.cellAt(startMs, state.definitions.clock(service), values)
  const cellAt = cellInSession(meter.price, begins, used)
  return locateRate(state, subscription, meter, cellAt, period, startMs, values)
}

/** The cell of a rate, by its place among the price's cells. */
export function locateRate(
  state: Ground,
  subscription: number,
  meter: PricedMeter,
  cellAt: number,
  period: number,
  startMs: number,
  values: readonly string[],
): LocatedCell | Fault {
  const { price } = meter
  if (cellAt === NO_CELL) return ['no_price', `price ${price.price.code} ${describeMissing(price, values)}`]
  const cell =
    price.groupAt < 0
      ? (meter.cells[cellAt] as number)
      : locateGroup(state, subscription, meter, cellAt, period, values)
  if (typeof cell !== 'number') return cell
  return { meter, cellAt, cell: cellInPeriod(state, subscription, meter, cell, period, startMs) }
}

/** The rate of a counter. */
export function rateOf({ counters, definitions }: Ground, place: number): LocatedCell {
  const { cell } = counters.nameOf(place)
  const [planVersionId, priceCode, name] = present(definitions.cellNames[cell], 'a cell')
  const meter = present(definitions.meterOf(planVersionId, priceCode), 'a price')
  const rate = present(cellNamed(meter.price, name), 'a rate')
  return { meter, cellAt: meter.price.cells.indexOf(rate), cell }
}

/** Groups of one price that a subscription may have in a period: each is a counter, and a line on the invoice. */
const MAX_GROUPS = 1000
/** Counts are kept for so many subscriptions and periods of a price. */
const MAX_COUNTS = 100_000

/** The number of the cell of a group, or why there can be none. */
function locateGroup(
  state: Ground,
  subscription: number,
  meter: PricedMeter,
  cellAt: number,
  period: number,
  values: readonly string[],
): number | Fault {
  const { counters, definitions } = state
  const group = groupIn(meter.price, values)
  const known = meter.groups[cellAt]?.get(group)
  if (known !== undefined && counters.has(subscription, known, period)) return known
  const wrong = groupFaultAt(meter.price, values)
  if (wrong !== null) {
    const { property, fault } = wrong
    return fault === null ? ['missing_field', `data.${property}`] : ['bad_attribute', `data.${property}: ${fault}`]
  }
  const key = `${subscription} ${period}`
  const count = meter.groupCounts.get(key) ?? countGroups(state, subscription, meter, period)
  const isFull = count >= MAX_GROUPS
  if (meter.groupCounts.size >= MAX_COUNTS) meter.groupCounts.clear()
  // Whoever asks opens the counter of the group.
  meter.groupCounts.set(key, isFull ? count : count + 1)
  if (!isFull) return definitions.numberOfGroup(meter, cellAt, group)
  const properties = groupProperties(meter.price.meter).join(', ')
  return [
    'too_many_groups',
    `data.${properties}: ${MAX_GROUPS} values in a period are kept apart, "${group}" is one more`,
  ]
}

/** Counters of a price that a subscription has in a period. */
function countGroups(
  { counters, definitions }: Ground,
  subscription: number,
  { planVersionId, price }: PricedMeter,
  period: number,
): number {
  let count = 0
  for (const place of counters.ofSubscription(subscription)) {
    const name = counters.nameOf(place)
    const [version, code] = definitions.cellNames[name.cell] ?? []
    if (name.period === period && version === planVersionId && code === price.price.code) count++
  }
  return count
}
