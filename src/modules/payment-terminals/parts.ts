import type { TopUps } from '../balances/index.ts'
import type { Parts } from '../module.ts'
import type { Receivables } from '../receivables/index.ts'

/** What payments at terminals need of the process. */
export interface TerminalParts extends Pick<Parts, 'db' | 'engine'> {
  readonly receivables: Receivables
  readonly topUps: TopUps
}
