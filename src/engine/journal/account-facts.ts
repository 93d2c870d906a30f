import type { Lot, Pool, PromisedCredit } from '../../core/charging/balances.ts'
import { fromExactJson, toExactJson } from '../columnar/exact-json.ts'
import {
  type DeductionRow,
  fromDeductionRow,
  fromSessionRow,
  type Session,
  type SessionRow,
  toDeductionRow,
} from './session.ts'

/** A fact about the balances of an account that is no movement: something that opens, or the new state of a part, such as a session. */
export type AccountFact =
  | { readonly fact: 'lot'; readonly account: string; readonly lot: Lot }
  | { readonly fact: 'pool'; readonly account: string; readonly name: string; readonly pool: Pool | null }
  | { readonly fact: 'promise'; readonly account: string; readonly promise: PromisedCredit | null }
  | { readonly fact: 'opened'; readonly account: string; readonly atMs: number }
  | { readonly fact: 'crossed'; readonly account: string; readonly codes: readonly string[] }

/** The new state of a session; null where it is forgotten. */
export interface SessionFact {
  readonly fact: 'session'
  readonly account: string
  readonly key: string
  readonly session: Session | null
}

/** What sessions have set aside on a counter, as short as JSON allows: every request of a session writes it. */
type HeldRow = readonly [quantity: string, sessions: string, takes: readonly DeductionRow[], cut?: string]

/** The JSON of a fact, as segments have it. */
export function toFactText(fact: AccountFact): string {
  switch (fact.fact) {
    case 'opened':
    case 'crossed':
      // Without big integers and maps: every account has such a fact once.
      return JSON.stringify(fact)
    case 'pool': {
      const { account, name, pool } = fact
      const held = pool === null ? null : toHeldRow(pool)
      return JSON.stringify({ fact: 'pool', account, name, held })
    }
    default:
      return toExactJson(fact)
  }
}

export function fromFactText(text: string): AccountFact | SessionFact {
  const plain = JSON.parse(text) as {
    fact: string
    account: string
    key: string
    name: string
    row?: SessionRow
    held?: HeldRow | null
  }
  const { fact, account, key, name, row, held } = plain
  if (row !== undefined) return { fact: 'session', account, key, session: fromSessionRow(key, row) }
  if (held !== undefined) return { fact: 'pool', account, name, pool: held === null ? null : fromHeldRow(held) }
  if (fact === 'opened' || fact === 'crossed') return plain as unknown as AccountFact
  // Sessions were written so, too, before they were lists.
  return fromExactJson(text) as AccountFact | SessionFact
}

function toHeldRow({ quantity, sessions, takes, cut }: Pool): HeldRow {
  const row = [String(quantity), String(sessions), takes.map(toDeductionRow)] as const
  return cut === undefined ? row : [...row, String(cut)]
}

function fromHeldRow([quantity, sessions, takes, cut]: HeldRow): Pool {
  const pool = { quantity: BigInt(quantity), sessions: BigInt(sessions), takes: takes.map(fromDeductionRow) }
  return cut === undefined ? pool : { ...pool, cut: BigInt(cut) }
}
