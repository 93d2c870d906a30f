import { withoutVisit } from '../../core/rating/attributes.ts'
import { isReversed } from '../journal/change.ts'
import { chargedRecords, type WholeJournal } from '../journal/usage-records.ts'
import type { ChargedRecord, RecordFilter } from '../ports.ts'

/** One charge of a record that is effective: no correction has reversed it. */
export type EffectiveCharge = Pick<
  ChargedRecord,
  'planVersionId' | 'priceCode' | 'cell' | 'periodStart' | 'measures' | 'amount' | 'isCarriedOn'
>

/** A record as its last correction left it, with all that it is charged now; `seq` and `row` say where it was charged so. */
export interface EffectiveRecord extends Omit<ChargedRecord, keyof EffectiveCharge | 'quantity'> {
  readonly charges: readonly EffectiveCharge[]
}

/**
 * Whether a record was counted by one of its charges. Charges of other plans follow from it: a later counter begins elsewhere
 * because of the record, and is found again when the record is taken out.
 */
export function isOwn(charges: readonly EffectiveCharge[], charge: EffectiveCharge): boolean {
  const { planVersionId, priceCode, cell, periodStart, isCarriedOn } = charge
  if (isCarriedOn || planVersionId !== charges[0]?.planVersionId) return false
  const name = withoutVisit(cell)
  const first = charges.find(
    (one) => one.priceCode === priceCode && one.periodStart === periodStart && withoutVisit(one.cell) === name,
  )
  return first?.cell === cell
}

/** Charges in the order of their records, as one row for each record. */
export function recordRows(charges: Iterable<ChargedRecord>): EffectiveRecord[] {
  const rows: (EffectiveRecord & { charges: EffectiveCharge[] })[] = []
  for (const charge of charges) {
    const last = rows.at(-1)
    if (last?.seq === charge.seq && last.row === charge.row) last.charges.push(charge)
    else rows.push(toEffective(charge))
  }
  return rows
}

function toEffective(charge: ChargedRecord): EffectiveRecord & { charges: EffectiveCharge[] } {
  const { seq, row, source, id, service, type, startMs, endMs, data, subscriptionId, change } = charge
  return { seq, row, source, id, service, type, startMs, endMs, data, subscriptionId, change, charges: [charge] }
}

/**
 * The records of some subscriptions as corrections have left them, oldest first, as many at a time as are read at once. What was
 * reversed is left out: of the rows of one record at one time the last one counts. Corrections are read first, so that
 * memory holds their names alone.
 */
export async function* effectiveRecords(
  journal: WholeJournal,
  filter: RecordFilter,
): AsyncGenerator<EffectiveRecord[]> {
  const last = new Map<string, { seq: number; row: number; isGone: boolean }>()
  for await (const page of chargedRecords(journal, { ...filter, onlyChanges: true }))
    for (const row of recordRows(page))
      last.set(nameOf(row), { seq: row.seq, row: row.row, isGone: isReversed(row.change ?? undefined) })
  const isEffective = (row: EffectiveRecord): boolean => {
    const latest = last.size === 0 ? undefined : last.get(nameOf(row))
    return latest === undefined || (!latest.isGone && latest.seq === row.seq && latest.row === row.row)
  }
  for await (const page of chargedRecords(journal, filter)) yield recordRows(page).filter(isEffective)
}

/** A source and id may name a second record when the first has left memory: the time says which is meant. */
export function nameOf({ source, id, startMs }: EffectiveRecord): string {
  return `${source}\n${id}\n${startMs}`
}
