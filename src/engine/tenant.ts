import type { AccountBooks } from './memory/open-balances.ts'
import type { DefinitionSource } from './partition/recover.ts'

/** A tenant as the engine sees it: its schema, and where its definitions and the books of its accounts are. */
export interface EngineTenant {
  readonly name: string
  readonly schema: string
  readonly source: DefinitionSource
  /** Absent where there is no billing beside the engine. */
  readonly books?: AccountBooks
}
