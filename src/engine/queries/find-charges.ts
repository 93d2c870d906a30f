import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { Definitions } from '../definitions/definitions.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import { unpackFacts } from '../journal/segment-payload.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import type { Partition } from '../partition/partition.ts'
import type { ArchiveFile } from '../ports.ts'

/** What a record was charged, at the rating scale of the currency. */
export interface ChargedMoney {
  readonly amount: bigint
  readonly currency: string
}

/** A row whose charge is looked for, and the segment that memory knows it to be of; null where memory has forgotten it. */
export interface AskedRow {
  readonly row: number
  readonly seq: number | null
}

/** Segments that are read at a time. */
const PAGE = 20

/**
 * What the records of some rows were charged as they came, all prices of each together, by row; those that the journal
 * does not have are absent. Reads no segments but theirs.
 */
export async function chargesOfRows(
  { store, archive }: WholeJournal,
  batch: UsageBatch,
  asked: readonly AskedRow[],
): Promise<Map<number, bigint>> {
  const nameOf = (row: number): string => nameText(valueAt(batch.source, row), textAt(batch.id, row))
  const amounts = new Map<number, bigint>()
  const rowsBySeq = Map.groupBy(asked, ({ seq }) => seq)
  const seqs = [...rowsBySeq.keys()].filter((seq) => seq !== null).sort((a, b) => a - b)
  for (let at = 0; at < seqs.length; at += PAGE)
    for (const { seq, payload } of await store.segmentsOf(seqs.slice(at, at + PAGE))) {
      if (payload === null) continue
      const rows = (rowsBySeq.get(seq) ?? []).map(({ row }) => row)
      addAmounts(amounts, unpackFacts(payload), Map.groupBy(rows, nameOf))
    }
  // Those that were archived, now or long ago.
  const left = asked.filter(({ row }) => !amounts.has(row)).map(({ row }) => row)
  if (left.length === 0) return amounts
  const { files } = await store.archive.load()
  // A report of a session has the time of the report before it as its start, and ends at its own.
  const starts = left.map((row) => batch.startMs[row] as number)
  const [fromMs, untilMs] = [Math.min(...starts), Math.max(...starts)]
  const isNear = ({ kind, minMs, maxMs, maxEndMs }: ArchiveFile): boolean =>
    kind === 'charges' && minMs !== null && minMs <= untilMs && Math.max(maxMs ?? 0, maxEndMs ?? 0) >= fromMs
  const near = files.filter(isNear)
  if (near.length === 0) return amounts
  const names = left.map((row) => ({ source: valueAt(batch.source, row), id: textAt(batch.id, row) }))
  for (const { place, amount, change } of await archive.find(near, names))
    if (change === null) amounts.set(left[place] as number, amount)
  return amounts
}

function nameText(source: string, id: string): string {
  return `${source}\n${id}`
}

/** Adds what a segment charged the records of some names; corrections are left out, because the first answer had none. A name may be given twice. */
function addAmounts(
  amounts: Map<number, bigint>,
  facts: SegmentFacts,
  rowsByName: ReadonlyMap<string, readonly number[]>,
): void {
  const wanted = facts.id.map((id, at) => {
    const isAsItCame = facts.change[at] === 0
    return isAsItCame ? rowsByName.get(nameText(facts.sources[facts.source[at] as number] as string, id)) : undefined
  })
  for (const rows of wanted) for (const row of rows ?? []) amounts.set(row, amounts.get(row) ?? 0n)
  facts.chargeRecord.forEach((at, charge) => {
    for (const row of wanted[at] ?? [])
      amounts.set(row, (amounts.get(row) ?? 0n) + (facts.chargeAmount[charge] as bigint))
  })
}

/** What the records of rows were charged, by row; memory knows in which segments they are. */
export async function findCharges(
  partition: Partition,
  journal: WholeJournal,
  batch: UsageBatch,
  rows: readonly number[],
): Promise<Map<number, ChargedMoney>> {
  const asked = await partition.peek((state) => rows.map((row) => ({ row, seq: state.chargedIn(batch, row) })))
  const amounts = await chargesOfRows(journal, batch, asked)
  return partition.peek(({ definitions }) => inCurrencies(definitions, batch, amounts))
}

/** The amounts with the currencies of the accounts that the records' services belonged to. */
function inCurrencies(
  definitions: Definitions,
  batch: UsageBatch,
  amounts: ReadonlyMap<number, bigint>,
): Map<number, ChargedMoney> {
  const { services } = definitions.parties
  const found = new Map<number, ChargedMoney>()
  for (const [row, amount] of amounts) {
    const service = services.find(batch.serviceHash, row * 4, batch.startMs[row] as number)
    if (service >= 0) found.set(row, { amount, currency: definitions.parties.currencyOf(services.accountOf(service)) })
  }
  return found
}
