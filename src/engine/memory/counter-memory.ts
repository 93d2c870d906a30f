import type { Definitions } from '../definitions/definitions.ts'
import type { CounterTable } from './counter-table.ts'
import type { SeriesTable } from './series-table.ts'

/** Counters to work on, those that are charged or others to try something out, their series, and the definitions. */
export interface CounterMemory {
  readonly counters: CounterTable
  readonly series: SeriesTable
  readonly definitions: Definitions
}
