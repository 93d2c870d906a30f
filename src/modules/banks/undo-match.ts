import { formatMinor } from '../../core/base/money.ts'
import { mirrored } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry, postingsOf } from '../ledger/index.ts'
import { getPayment, reversePayment } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import type { HeldLine } from './book-match.ts'
import { lineReopened } from './events.ts'
import * as store from './store.ts'

/** Which entry of the ledger a match has made, where no payment or refund has made it. */
const TEMPLATES = {
  fee: 'bank_fee_taken',
  outside: 'bank_money_outside',
  recorded: 'recorded_payment_found',
  payout: 'recorded_payment_found',
  cash: 'recorded_payment_found',
} as const

/**
 * Takes back what a line was for: its money is in suspense again. Payments that were made of it are reversed. What has left the
 * house, a refund or a return, stays as it is.
 */
export async function undoMatches(
  db: Database,
  { line }: HeldLine,
  { reason, undoneBy }: { readonly reason: string; readonly undoneBy: string },
  receivables: Receivables,
  nowMs: number,
): Promise<void> {
  const matches = await store.matchesOf(db, [line.id])
  if (matches.length === 0) throw new Refusal('conflict', 'nothing of the line is matched')
  const gone = matches.find(({ kind }) => kind === 'refund' || kind === 'return')
  if (gone !== undefined) throw new Refusal('conflict', `a ${gone.kind} has happened at the bank, and cannot be undone`)
  for (const match of matches) {
    if (match.kind === 'payment' && match.paymentId !== null) {
      const payment = await getPayment(db, match.paymentId)
      await reversePayment(db, payment, { reason, reversedBy: undoneBy }, receivables, nowMs)
      continue
    }
    if (match.kind in TEMPLATES) {
      const template = TEMPLATES[match.kind as keyof typeof TEMPLATES]
      await postEntry(db, template, match.id, mirrored(await postingsOf(db, template, match.id)), nowMs)
    }
    if (match.otherLineId !== null) {
      const others = await store.matchesOf(db, [match.otherLineId])
      for (const other of others) if (other.otherLineId === line.id) await release(db, other, undoneBy, nowMs)
    }
    await release(db, match, undoneBy, nowMs)
  }
}

/**
 * A payment is taken back, by whomever: its money is on the bank account all the same, so the line that it came by is open again.
 * Where the bank has taken the money back (a return), it is not.
 */
export async function releaseLineOf(
  db: Database,
  { id }: { readonly id: string },
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const rows = await db
    .selectFrom('bankMatch')
    .selectAll()
    .where('paymentId', '=', id)
    .where('undoneAt', 'is', null)
    .execute()
  const matches = rows as unknown as store.MatchRow[]
  if (matches.some(({ kind }) => kind === 'return')) return
  for (const match of matches) {
    if (match.kind === 'recorded')
      await postEntry(
        db,
        TEMPLATES.recorded,
        match.id,
        mirrored(await postingsOf(db, TEMPLATES.recorded, match.id)),
        nowMs,
      )
    await release(db, match, 'reversal', nowMs)
    // What of the payment was to be paid back before has left it already, and stays what the line was for.
    const restMinor = BigInt(match.amountMinor) - amountMinor
    if (restMinor > 0n)
      await db
        .insertInto('bankMatch')
        .values({
          ...match,
          ...{ id: newId(), amountMinor: String(restMinor), reasons: JSON.stringify(match.reasons) },
          createdAt: new Date(nowMs),
        })
        .execute()
  }
}

async function release(db: Database, match: store.MatchRow, undoneBy: string, nowMs: number): Promise<void> {
  await db
    .updateTable('bankMatch')
    .set({ undoneAt: new Date(nowMs), undoneBy })
    .where('id', '=', match.id)
    .execute()
  await store.updateLine(db, match.bankLineId, { state: 'waiting', accountId: null })
  const { bankAccountId } = await store.getLine(db, match.bankLineId)
  const { key: bankAccount, currency } = await store.getBankAccount(db, bankAccountId)
  const told = { bankAccount, currency, amount: formatMinor(BigInt(match.amountMinor), currency) }
  await publish(db, [eventOf(lineReopened, { objectId: match.bankLineId }, told)], nowMs)
}
