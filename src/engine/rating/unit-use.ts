import type { Lot } from '../../core/charging/balances.ts'
import { MOVEMENT_KINDS, type MovementKind } from '../../core/charging/movements.ts'
import { fromFactText } from '../journal/account-facts.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import { STEP_MS } from './usage-money.ts'
import { walkFacts } from './walk-facts.ts'

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
export async function unitUse(journal: WholeJournal, accountId: string): Promise<UnitUse[]> {
  const lots = new Map<number, Lot>()
  const sums = new Map<string, { readonly lot: number; readonly startMs: number; amount: bigint }>()
  const add = (lot: number, startMs: number, taken: bigint): void => {
    const name = `${lot} ${startMs}`
    const sum = sums.get(name) ?? { lot, startMs, amount: 0n }
    sum.amount += taken
    sums.set(name, sum)
  }
  await walkFacts(
    journal,
    accountId,
    async (files, afterSeq) => {
      const query = { accountId, kinds: KIND_NUMBERS, stepMs: STEP_MS, afterSeq }
      const { facts, taken } = await journal.archive.unitUse(files, query)
      for (const text of facts) noteLot(lots, text, accountId)
      for (const { lot, startMs, amount } of taken) add(lot, startMs, amount)
    },
    (facts) => {
      for (const text of facts.accountFacts) noteLot(lots, text, accountId)
      addTaken(facts, accountId, add)
    },
  )
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
