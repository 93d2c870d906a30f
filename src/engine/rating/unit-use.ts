import type { Lot } from '../../core/charging/balances.ts'
import { MOVEMENT_KINDS, type MovementKind } from '../../core/charging/movements.ts'
import { UuidColumn } from '../columnar/columns.ts'
import { fromFactText } from '../journal/account-facts.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import { unpackFactsAbout } from '../journal/segment-payload.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import { filesTogether, STEP_MS } from './usage-money.ts'

/** A lot of units, and what usage took of it. */
export interface UnitUse {
  /** What opened the lot: `units:pack-1`. */
  readonly origin: string
  /** When it ends, in epoch milliseconds; null for never. */
  readonly untilMs: number | null
  readonly uses: readonly {
    /** Start of the usage, to a quarter of an hour. */
    readonly startMs: number
    /** At the scale of units; below zero where some was given back. */
    readonly amount: bigint
  }[]
}

const KINDS: readonly MovementKind[] = ['charge', 'return', 'overrun']
const KIND_NUMBERS = KINDS.map((kind) => MOVEMENT_KINDS.indexOf(kind) + 1)

/** What usage has taken of all lots of units that an account ever had, out of archive and journal. */
export async function unitUse({ store, archive }: WholeJournal, accountId: string): Promise<UnitUse[]> {
  const ids = UuidColumn.of([accountId])
  const lots = new Map<number, Lot>()
  const sums = new Map<string, { readonly lot: number; readonly startMs: number; amount: bigint }>()
  const add = (lot: number, startMs: number, taken: bigint): void => {
    const name = `${lot} ${startMs}`
    const sum = sums.get(name) ?? { lot, startMs, amount: 0n }
    sum.amount += taken
    sums.set(name, sum)
  }
  // Segments may be archived while others are read: then the rest is found in the files.
  for (let afterSeq = 0, isMore = true; isMore; ) {
    const { files, throughSeq } = await store.archive.load()
    for (const group of filesTogether(files, afterSeq)) {
      const query = { accountId, kinds: KIND_NUMBERS, stepMs: STEP_MS, afterSeq }
      const { facts, taken } = await archive.unitUse(group, query)
      for (const text of facts) noteLot(lots, text, accountId)
      for (const { lot, startMs, amount } of taken) add(lot, startMs, amount)
    }
    afterSeq = Math.max(afterSeq, throughSeq)
    isMore = false
    for await (const { seq, payload } of store.segments(afterSeq)) {
      isMore = payload === null
      if (payload === null) break
      afterSeq = seq
      const facts = unpackFactsAbout(payload, ids)
      if (facts === null) continue
      for (const text of facts.accountFacts) noteLot(lots, text, accountId)
      addTaken(facts, accountId, add)
    }
  }
  const byLot = Map.groupBy(sums.values(), ({ lot }) => lot)
  return [...lots].map(([number, { origin, untilMs }]) => {
    return { origin, untilMs, uses: (byLot.get(number) ?? []).map(({ startMs, amount }) => ({ startMs, amount })) }
  })
}

function noteLot(lots: Map<number, Lot>, text: string, accountId: string): void {
  const fact = fromFactText(text)
  if (fact.fact === 'lot' && fact.account === accountId && fact.lot.unit !== null) lots.set(fact.lot.number, fact.lot)
}

function addTaken(
  facts: SegmentFacts,
  accountId: string,
  add: (lot: number, startMs: number, taken: bigint) => void,
): void {
  const account = facts.accounts.indexOf(accountId)
  if (account < 0) return
  for (const [at, kind] of facts.moveKind.entries()) {
    if (!KIND_NUMBERS.includes(kind) || facts.moveAccount[at] !== account || facts.moveUnit[at] === 0) continue
    const row = (facts.moveRecord[at] as number) - 1
    if (row < 0) continue
    const startMs = Math.floor((facts.startMs[row] as number) / STEP_MS) * STEP_MS
    add(facts.moveLot[at] as number, startMs, -(facts.moveRemaining[at] as bigint))
  }
}
