import { payerOn } from '../../core/billing/payers.ts'
import type { Database } from '../../platform/db.ts'
import { type Account, getRow, listBilledTo, lockAccounts } from '../parties/index.ts'

/** Somebody who is billed up to a day. */
interface Payer {
  readonly account: Account
  readonly until: string
}

/**
 * Accounts that are, or were, billed to some others, as they are looked at for them: done until the day that their payers are done until. One
 * that has changed its payer comes once for each.
 */
export async function childrenOf(
  db: Database,
  payers: readonly Payer[],
): Promise<(Payer & { readonly payer: Account })[]> {
  const rows = await listBilledTo(
    db,
    payers.map(({ account }) => account.id),
  )
  return payers.flatMap(({ account: payer, until }) =>
    rows
      .filter(({ billedTo }) => billedTo.some(({ payerId }) => payerId === payer.id))
      .map((row) => ({ account: { ...row, billedUntil: payer.billedUntil }, payer, until })),
  )
}

/** Whose bill has what begins on a day. */
export async function payerOf(db: Database, account: Account, day: string): Promise<Account> {
  const payerId = payerOn(account.billedTo, day)
  return payerId === null ? account : getRow(db, 'account', payerId)
}

/** Locks accounts that are to be billed, with those that are billed to them: all in one order. */
export async function lockToBill(db: Database, ids: readonly string[]): Promise<void> {
  const children = await listBilledTo(db, ids)
  await lockAccounts(db, [...ids, ...children.map(({ id }) => id)])
}
