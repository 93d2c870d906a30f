import { isInt64 } from '../../core/base/quantity.ts'
import type { SegmentFacts } from '../../engine/ports.ts'
import { WIDE_TEXT } from './database.ts'
import type { FileColumns, RowsOf } from './file-columns.ts'

const ofCharge = { isNullable: true } as const

/** Charges of segments: one row a charge, with all of its record; a record without charges has one row. */
export const CHARGE_COLUMNS = {
  seq: { type: 'integer' },
  record: { type: 'integer' },
  part: { type: 'integer', written: 'part::usmallint as part', read: 'part::integer' },
  source: { type: 'text' },
  id: { type: 'text' },
  service: { type: 'text' },
  type: { type: 'text' },
  /** Null for a record as it came. */
  change: { type: 'text', isNullable: true },
  start_ms: { type: 'bigint', written: 'make_timestamp_ms(start_ms) as start', read: 'epoch_ms(start)' },
  end_ms: {
    ...{ type: 'bigint', isNullable: true },
    ...{ written: 'make_timestamp_ms(end_ms) as "end"', read: 'epoch_ms("end")' },
  },
  data: { type: 'text' },
  subscription: { type: 'text', written: 'subscription::uuid as subscription', read: 'subscription::varchar' },
  /** To sort by and to search for: it is not read back. */
  account: { type: 'text', isNullable: true, written: 'account::uuid as account', read: 'null' },
  plan_version: { type: 'text', ...ofCharge },
  price: { type: 'text', ...ofCharge },
  cell: { type: 'text', ...ofCharge },
  period: {
    ...{ type: 'integer', ...ofCharge },
    ...{ written: "date '1970-01-01' + period as period", read: "(period - date '1970-01-01')::integer" },
  },
  quantity: { type: 'bigint', ...ofCharge },
  more_measures: { type: 'bigints', ...ofCharge },
  amount: { type: 'bigint', ...ofCharge },
  /** Value, time and mark of each observation, one after another. */
  observed: { type: 'bigints', ...ofCharge },
  /**
   * Amount and measures with a blank between them, where one of them passes 64 bits; the columns of these are null then. Files
   * without such a charge do not have the column.
   */
  wide: {
    ...{ type: 'text', ...ofCharge },
    ...{ written: "string_split(wide, ' ')::decimal(38, 0)[] as wide", read: WIDE_TEXT },
  },
} as const satisfies FileColumns
export type ChargeColumns = RowsOf<typeof CHARGE_COLUMNS>

/** Adds the rows of a segment. @param accounts the account of each of its subscriptions. */
export function addCharges(
  columns: ChargeColumns,
  seq: number,
  facts: SegmentFacts,
  accounts: readonly (string | null)[],
): void {
  let [charge, measureAt, observedAt] = [0, 0, 0]
  for (let record = 0; record < facts.id.length; record++) {
    let part = 0
    for (; facts.chargeRecord[charge] === record; charge++, part++) {
      addRecord(columns, seq, facts, accounts, record, part)
      const rateKeyAt = facts.chargeRateKey[charge] as number
      const count = facts.measures[rateKeyAt] as number
      const [plan, price, cell] = facts.cells[rateKeyAt] as readonly [string, string, string]
      columns.plan_version.push(plan)
      columns.price.push(price)
      columns.cell.push(cell)
      columns.period.push(facts.chargePeriod[charge] as number)
      addNumbers(
        columns,
        facts.chargeAmount[charge] as bigint,
        facts.chargeMeasures.slice(measureAt, measureAt + count),
      )
      const observed = observationsOf(facts, charge, observedAt)
      columns.observed.push(observed.length === 0 ? null : observed)
      observedAt += observed.length / 3
      measureAt += count
    }
    if (part > 0) continue
    addRecord(columns, seq, facts, accounts, record, 0)
    for (const name of CHARGE_ONLY) (columns[name] as null[]).push(null)
  }
  if (charge !== facts.chargeRecord.length) throw new Error(`segment ${seq}: charges are not in the order of records`)
}

const CHARGE_ONLY = [
  'plan_version',
  'price',
  'cell',
  'period',
  'quantity',
  'more_measures',
  'amount',
  'observed',
  'wide',
] as const

function addNumbers(columns: ChargeColumns, amount: bigint, measures: readonly bigint[]): void {
  const isWide = !isInt64(amount) || !measures.every(isInt64)
  columns.quantity.push(isWide ? null : (measures[0] as bigint))
  columns.more_measures.push(isWide || measures.length === 1 ? null : measures.slice(1))
  columns.amount.push(isWide ? null : amount)
  columns.wide.push(isWide ? [amount, ...measures].join(' ') : null)
}

/** The other way round: what a row of a charge says. */
export function numbersOf(
  quantity: bigint | null,
  more: readonly bigint[] | null,
  amount: bigint | null,
  wide: string | null,
): { amount: bigint; measures: bigint[] } {
  if (wide === null) return { amount: amount as bigint, measures: [quantity as bigint, ...(more ?? [])] }
  const [first, ...measures] = wide.split(' ').map(BigInt)
  return { amount: first as bigint, measures }
}

function observationsOf(facts: SegmentFacts, charge: number, from: number): bigint[] {
  const { observedCharge, observedValue, observedMs, observedMark } = facts
  const found: bigint[] = []
  for (let at = from; observedCharge[at] === charge; at++)
    found.push(observedValue[at] as bigint, BigInt(observedMs[at] as number), BigInt(observedMark[at] as number))
  return found
}

function addRecord(
  columns: ChargeColumns,
  seq: number,
  facts: SegmentFacts,
  accounts: readonly (string | null)[],
  record: number,
  part: number,
): void {
  const endMs = facts.endMs[record] as number
  const subscription = facts.subscription[record] as number
  columns.seq.push(seq)
  columns.record.push(record)
  columns.part.push(part)
  columns.source.push(facts.sources[facts.source[record] as number] as string)
  columns.id.push(facts.id[record] as string)
  columns.service.push(facts.services[facts.service[record] as number] as string)
  columns.type.push(facts.types[facts.type[record] as number] as string)
  const change = facts.change[record] as number
  columns.change.push(change === 0 ? null : (facts.changes[change - 1] as string))
  columns.start_ms.push(BigInt(facts.startMs[record] as number))
  columns.end_ms.push(Number.isNaN(endMs) ? null : BigInt(endMs))
  columns.data.push(facts.data[record] as string)
  columns.subscription.push(facts.subscriptions[subscription] as string)
  columns.account.push(accounts[subscription] ?? null)
}

/** Each distinct text once, in the order of appearance. */
class Texts {
  readonly texts: string[] = []
  private readonly places = new Map<string, number>()

  placeOf(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    const place = this.texts.push(text) - 1
    this.places.set(text, place)
    return place
  }
}

/** What a segment says of usage. */
type ChargeFacts = Omit<SegmentFacts, 'counts' | 'units' | 'accounts' | 'accountFacts' | MovementColumn>
type MovementColumn = Extract<keyof SegmentFacts, `move${string}`>

/** The other way round: rows `from` to `until`, which are one segment's in order, as facts. */
export function toChargeFacts(columns: ChargeColumns, from: number, until: number): ChargeFacts {
  const [sources, services, types, subscriptions, rateKeys, changes] = [0, 1, 2, 3, 4, 5].map(() => new Texts()) as [
    Texts,
    Texts,
    Texts,
    Texts,
    Texts,
    Texts,
  ]
  const cells: [string, string, string][] = []
  const measures: number[] = []
  const rows = { id: [] as string[], data: [] as string[], source: [] as number[], service: [] as number[] }
  const change: number[] = []
  const more = { type: [] as number[], subscription: [] as number[], startMs: [] as number[], endMs: [] as number[] }
  const charges = { chargeRecord: [] as number[], chargeRateKey: [] as number[], chargePeriod: [] as number[] }
  const money = { chargeMeasures: [] as bigint[], chargeAmount: [] as bigint[] }
  const observed = { observedCharge: [] as number[], observedValue: [] as bigint[] }
  const moments = { observedMs: [] as number[], observedMark: [] as number[] }
  for (let at = from; at < until; at++) {
    const record = columns.record[at] as number
    if (columns.part[at] === 0) {
      if (rows.id.push(columns.id[at] as string) !== record + 1)
        throw new Error(`segment ${columns.seq[at]}: record ${record} is out of its place`)
      rows.data.push(columns.data[at] as string)
      rows.source.push(sources.placeOf(columns.source[at] as string))
      rows.service.push(services.placeOf(columns.service[at] as string))
      const text = columns.change[at] as string | null
      change.push(text === null ? 0 : changes.placeOf(text) + 1)
      more.type.push(types.placeOf(columns.type[at] as string))
      more.subscription.push(subscriptions.placeOf(columns.subscription[at] as string))
      more.startMs.push(Number(columns.start_ms[at]))
      const end = columns.end_ms[at] as bigint | null
      more.endMs.push(end === null ? Number.NaN : Number(end))
    }
    const price = columns.price[at] as string | null
    if (price === null) continue
    const cell: [string, string, string] = [columns.plan_version[at] as string, price, columns.cell[at] as string]
    const { quantity, more_measures: others, amount, wide } = columns
    const numbers = numbersOf(quantity[at] ?? null, others[at] ?? null, amount[at] ?? null, wide[at] ?? null)
    const place = rateKeys.placeOf(cell.join('\n'))
    if (place === cells.length) {
      cells.push(cell)
      measures.push(numbers.measures.length)
    }
    charges.chargeRecord.push(record)
    charges.chargeRateKey.push(place)
    charges.chargePeriod.push(columns.period[at] as number)
    money.chargeMeasures.push(...numbers.measures)
    money.chargeAmount.push(numbers.amount)
    const triples = (columns.observed[at] as bigint[] | null) ?? []
    for (let first = 0; first < triples.length; first += 3) {
      observed.observedCharge.push(charges.chargeRecord.length - 1)
      observed.observedValue.push(triples[first] as bigint)
      moments.observedMs.push(Number(triples[first + 1]))
      moments.observedMark.push(Number(triples[first + 2]))
    }
  }
  const names = { change, changes: changes.texts, sources: sources.texts, services: services.texts, types: types.texts }
  const usage = { ...rows, ...more, ...charges, ...money, ...observed, ...moments }
  return { ...names, subscriptions: subscriptions.texts, cells, measures, ...usage }
}
