import type { AccountBooks } from './memory/open-balances.ts'
import type { DefinitionSource } from './partition/recover.ts'

/** A tenant as the engine sees it: its schema, and where its definitions and the books of its accounts are. */
export interface EngineTenant {
  readonly name: string
  readonly schema: string
  readonly source: DefinitionSource
  /** Absent where the engine runs without billing, as in its tests. */
  readonly books?: AccountBooks
}
