import { textAt, valueAt } from '../core/mediation/text-column.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { Definitions } from './definitions.ts'
import { chargesOfRecords, type WholeJournal } from './usage-records.ts'

/** What a record was charged, at the rating scale of the currency. */
export interface ChargedMoney {
  readonly amount: bigint
  readonly currency: string
}

/** What the records of some rows were charged, by row; those that the journal does not have are absent. */
export async function chargesOfRows(
  journal: WholeJournal,
  batch: UsageBatch,
  rows: readonly number[],
): Promise<Map<number, bigint>> {
  const names = rows.map((row) => {
    const startMs = batch.startMs[row] as number
    return { source: valueAt(batch.source, row), id: textAt(batch.id, row), startMs }
  })
  const amounts = await chargesOfRecords(journal, names)
  return new Map([...amounts].map(([place, amount]) => [rows[place] as number, amount]))
}

/** The amounts with the currencies of the accounts that the records' services belonged to. */
export function inCurrencies(
  definitions: Definitions,
  batch: UsageBatch,
  amounts: ReadonlyMap<number, bigint>,
): Map<number, ChargedMoney> {
  const { services } = definitions
  const found = new Map<number, ChargedMoney>()
  for (const [row, amount] of amounts) {
    const service = services.find(batch.serviceHash, row * 4, batch.startMs[row] as number)
    if (service >= 0) found.set(row, { amount, currency: definitions.currencyOf(services.accountOf(service)) })
  }
  return found
}
