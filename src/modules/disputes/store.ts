import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

export const DISPUTE_STATES = ['open', 'accepted', 'rejected', 'withdrawn'] as const

export interface Dispute {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly invoiceId: string
  readonly currency: string
  /** With tax. */
  readonly amountMinor: string
  readonly reasonCode: string
  readonly text: string | null
  readonly status: (typeof DISPUTE_STATES)[number]
  readonly openedBy: string
  readonly openedByPerson: string
  readonly openedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decision: string | null
  readonly creditNoteId: string | null
}

export interface DisputeLine {
  readonly disputeId: string
  readonly invoiceId: string
  readonly position: number
  readonly askedMinor: string | null
  readonly quantity: string | null
  /** As the document has amounts. */
  readonly amountMinor: string
  readonly isOpen: boolean
}

export async function findDispute(db: Database, key: string): Promise<Dispute | undefined> {
  return (await db.selectFrom('dispute').selectAll().where('key', '=', key).executeTakeFirst()) as Dispute | undefined
}

/** @param reference an id or a key */
export async function getDispute(db: Database, reference: string): Promise<Dispute> {
  const column = isUuid(reference) ? 'id' : 'key'
  const found = await db.selectFrom('dispute').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw notFound(`dispute ${reference}`, '/v1/disputes', 'dispute list')
  return found as Dispute
}

export async function linesOf(db: Database, disputeIds: readonly string[]): Promise<DisputeLine[]> {
  const query = db.selectFrom('disputeLine').selectAll().where('disputeId', '=', anyOf(disputeIds))
  return (await query.orderBy('disputeId').orderBy('position').execute()) as DisputeLine[]
}

export async function insertDispute(db: Database, dispute: Dispute, lines: readonly DisputeLine[]): Promise<void> {
  await db.insertInto('dispute').values(dispute).execute()
  await db
    .insertInto('disputeLine')
    .values([...lines])
    .execute()
}

export async function closeDispute(
  db: Database,
  id: string,
  decided: Pick<Dispute, 'status' | 'decidedBy' | 'decidedAt' | 'decision'>,
): Promise<void> {
  await db.updateTable('dispute').set(decided).where('id', '=', id).execute()
  await db.updateTable('disputeLine').set({ isOpen: false }).where('disputeId', '=', id).execute()
  await noteChange(db, 'decision on dispute', id)
}

export async function setCreditNote(db: Database, id: string, creditNoteId: string): Promise<void> {
  await db.updateTable('dispute').set({ creditNoteId }).where('id', '=', id).execute()
}

/** Lines of a document that are disputed now. */
export async function openLinesOf(
  db: Database,
  invoiceId: string,
): Promise<{ readonly key: string; readonly position: number }[]> {
  return db
    .selectFrom('disputeLine')
    .innerJoin('dispute', 'dispute.id', 'disputeLine.disputeId')
    .select(['dispute.key', 'disputeLine.position'])
    .where('disputeLine.invoiceId', '=', invoiceId)
    .where('disputeLine.isOpen', '=', true)
    .orderBy('position')
    .execute()
}

/** What of the documents of accounts is disputed now, with tax, by document. */
export async function disputedOf(db: Database, accountIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('dispute')
    .select(['invoiceId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(accountIds))
    .where('status', '=', 'open')
    .groupBy('invoiceId')
    .execute()
  return new Map(rows.map(({ invoiceId, amount }) => [invoiceId, BigInt(amount)]))
}

/**
 * What of a document was disputed when something was agreed on, and is not credited since: it is disputed yet, or owed after all, apart from what was agreed on.
 * @param thingId of what was agreed on; ids are given in the order of the real time, also where a test clock stands still
 */
export async function leftOutOf(
  db: Database,
  invoiceId: string,
  { thingId, atMs }: { readonly thingId: string; readonly atMs: number },
): Promise<bigint> {
  const { amount } = await db
    .selectFrom('dispute')
    .select(sql<string>`coalesce(sum(amount_minor), 0)::text`.as('amount'))
    .where('invoiceId', '=', invoiceId)
    .where('id', '<', thingId)
    .where('status', '<>', 'accepted')
    .where((where) => where.or([where('decidedAt', 'is', null), where('decidedAt', '>', new Date(atMs))]))
    .executeTakeFirstOrThrow()
  return BigInt(amount)
}
