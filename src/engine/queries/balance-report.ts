import { currencyOf } from '../../core/base/currency.ts'
import { type Balances, newBalances, UNLIMITED } from '../../core/charging/balances.ts'
import { availableTo } from '../../core/charging/deductions.ts'
import { payersOf } from '../definitions/payers.ts'
import type { Session } from '../journal/session.ts'
import { chargesOf } from '../memory/open-balances.ts'
import type { PartitionState } from '../memory/partition-state.ts'

/** Balances of an account. Money at the rating scale, units at UNIT_SCALE. */
export interface BalanceReport {
  readonly currency: string
  readonly ratingScale: number
  readonly balances: Balances
  readonly creditLimit: bigint | null
  /** Money that a use without scope could still take now, sponsor and credit included; null where nothing limits it. */
  readonly available: bigint | null
  /** Sessions that run: how many, and the latest of them. */
  readonly running: number
  readonly sessions: readonly Pick<Session, 'key' | 'service' | 'startedMs' | 'expiresMs' | 'groups'>[]
}

export interface AccountStanding extends BalanceReport {
  /** At the rating scale. */
  readonly charges: bigint
}

/** Sessions that a report names; an account may have very many. */
const MAX_SESSIONS = 100

/** A copy, so that an answer that is sent later does not change meanwhile. */
export function reportBalances(
  { book, definitions, sessions }: PartitionState,
  accountId: string,
  nowMs: number,
): BalanceReport | null {
  const number = definitions.parties.numberOfAccount(accountId)
  const known = number === undefined ? undefined : book.look(number)
  if (number === undefined || known === undefined) return null
  const currency = definitions.parties.currencyOf(number)
  const balances = structuredClone(known)
  const payers = payersOf(definitions, number, (payer) =>
    payer === number ? balances : (book.look(payer) ?? newBalances(definitions.names.accounts.idOf(payer))),
  )
  const period = definitions.parties.calendarOfAccount(number).periodOf(nowMs)
  const context = { nowMs, usedMs: nowMs, meter: '', price: '', cell: '', subscription: '', member: balances, period }
  const available = availableTo(payers, null, context)
  return {
    currency,
    ratingScale: currencyOf(currency).ratingScale,
    balances,
    creditLimit: definitions.parties.termsOf(number)?.creditLimit ?? null,
    available: available >= UNLIMITED / 2n ? null : available,
    running: sessions.countRunning(number),
    sessions: structuredClone(sessions.latestRunning(number, MAX_SESSIONS)),
  }
}

/** Balances of some accounts with all that they were ever charged for usage, as of one moment; none where there are none. */
export function reportStanding(state: PartitionState, accountIds: readonly string[], nowMs: number): AccountStanding[] {
  return accountIds.flatMap((id) => {
    const report = reportBalances(state, id, nowMs)
    return report === null ? [] : [{ ...report, charges: chargesOf(state, id) }]
  })
}
