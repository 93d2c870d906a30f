import { moveTried } from '../charging/record-charge.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { type CounterChange, type PlannedRow, type RatedUse, type Step, stepOf } from './counter-change.ts'

/** Where changes are booked: in memory, the journal and balances, or on counters that something is tried on. */
export interface Books {
  /** What is rated of a use that comes in. */
  rate(change: CounterChange): RatedUse | null
  /** Moves a counter, and those that begin with it. @returns what the later ones cost more. */
  move(change: CounterChange, step: Step, records: PlannedRow['records']): bigint
}

/** Books planned changes, one after another. @returns how much more is charged, all together. */
export function bookRow(counterMemory: CounterMemory, { records, changes }: PlannedRow, books: Books): bigint {
  let amount = 0n
  for (const change of changes) {
    const step = stepOf(counterMemory, change, books.rate(change))
    amount += step.amount + books.move(change, step, records)
  }
  return amount
}

/** Books changes where nothing but counters moves. */
export function bookTried(counterMemory: CounterMemory, rows: readonly PlannedRow[]): bigint {
  const books: Books = {
    rate: ({ effect }) => (effect.kind === 'more' ? effect.rated : null),
    move: ({ use }, step, records) => moveTried(counterMemory, use, step, records),
  }
  return rows.reduce((amount, row) => amount + bookRow(counterMemory, row, books), 0n)
}
