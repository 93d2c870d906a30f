import { sql } from 'kysely'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** Money of a credit note, or of a payment that settles nothing, which is to be paid back, until it was sent. */
export interface Refund {
  readonly id: string
  readonly accountId: string
  readonly creditNoteId: string | null
  readonly paymentId: string | null
  /** Of what a payment did not need: the caller's own identifier. */
  readonly key: string | null
  /** The attempt that sends it through a gateway. */
  readonly attemptId: string | null
  readonly amountMinor: string
  readonly currency: string
  readonly createdAt: Date
  readonly method: string | null
  readonly reference: string | null
  readonly sentOn: string | null
  readonly sentAt: Date | null
  readonly recordedBy: string | null
}

export async function insertRefund(db: Database, refund: Refund): Promise<void> {
  await db.insertInto('refund').values(refund).execute()
}

async function findRefund(db: Database, id: string): Promise<Refund | undefined> {
  return (await db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirst()) as Refund | undefined
}

export async function findRefundOfNote(db: Database, creditNoteId: string): Promise<Refund | undefined> {
  const query = db.selectFrom('refund').selectAll().where('creditNoteId', '=', creditNoteId)
  return (await query.executeTakeFirst()) as Refund | undefined
}

/** What is to be paid back of credit notes to each account, sent or not, in minor units. What payments did not need is reversed money. */
export async function refundTotals(db: Database, accountIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('refund')
    .select(['accountId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(accountIds))
    .where('creditNoteId', 'is not', null)
    .groupBy('accountId')
    .execute()
  return new Map(rows.map(({ accountId, amount }) => [accountId, BigInt(amount)]))
}

/** Refunds of an account, the oldest first. */
export async function listRefundsOf(db: Database, accountId: string): Promise<Refund[]> {
  const query = db.selectFrom('refund').selectAll().where('accountId', '=', accountId)
  return (await query.orderBy('id').execute()) as Refund[]
}

/** @throws Refusal `not_found` */
export async function getRefund(db: Database, id: string): Promise<Refund> {
  const found = await findRefund(db, id)
  if (found === undefined) throw notFound(`refund ${id}`, '/v1/refunds', 'refund list')
  return found
}

export async function findRefundOfKey(db: Database, key: string): Promise<Refund | undefined> {
  return (await db.selectFrom('refund').selectAll().where('key', '=', key).executeTakeFirst()) as Refund | undefined
}
