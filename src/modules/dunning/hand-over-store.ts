import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** What was open of a document when its account was handed over. */
export interface HandedItem {
  readonly invoiceId: string
  readonly number: string
  readonly dueOn: string
  /** Minor units, as text. */
  readonly open: string
}

export interface HandedAccount {
  readonly id: string
  readonly runId: string
  readonly accountId: string
  readonly handOverId: string | null
  readonly state: 'waiting' | 'handed_over' | 'recalled'
  readonly currency: string
  readonly items: readonly HandedItem[] | null
  readonly amountMinor: string | null
  readonly createdAt: Date
  readonly recalledAt: Date | null
}

export interface HandOver {
  readonly id: string
  readonly key: string
  readonly recipient: string | null
  readonly madeBy: string
  readonly madeAt: Date
}

export function waitingOf(
  runId: string,
  { id: accountId, currency }: { readonly id: string; readonly currency: string },
  nowMs: number,
): HandedAccount {
  return {
    ...{ id: newId(), runId, accountId, handOverId: null, state: 'waiting', currency, items: null, amountMinor: null },
    ...{ createdAt: new Date(nowMs), recalledAt: null },
  }
}

export async function insertWaiting(db: Database, row: HandedAccount): Promise<void> {
  await db
    .insertInto('dunningHandOverAccount')
    .values({ ...row, items: null })
    .execute()
}

/** Accounts that wait to be handed over, the first ones first. */
export async function listWaiting(db: Database, limit: number): Promise<HandedAccount[]> {
  const query = db.selectFrom('dunningHandOverAccount').selectAll().where('state', '=', 'waiting')
  return (await query.orderBy('id').limit(limit).execute()) as unknown as HandedAccount[]
}

/** Those that wait and are still to be handed over; their accounts' rows are locked. */
export async function stillWaiting(db: Database, ids: readonly string[]): Promise<HandedAccount[]> {
  const query = db.selectFrom('dunningHandOverAccount').selectAll().where('id', '=', anyOf(ids))
  return (await query.where('state', '=', 'waiting').orderBy('id').execute()) as unknown as HandedAccount[]
}

export async function insertHandOver(db: Database, row: HandOver): Promise<void> {
  await db.insertInto('dunningHandOver').values(row).execute()
}

export async function handOverAccount(
  db: Database,
  id: string,
  { handOverId, items, amountMinor }: { handOverId: string; items: readonly HandedItem[]; amountMinor: bigint },
): Promise<void> {
  const set = {
    handOverId,
    state: 'handed_over' as const,
    items: JSON.stringify(items),
    amountMinor: String(amountMinor),
  }
  await db.updateTable('dunningHandOverAccount').set(set).where('id', '=', id).execute()
}

export async function findHandOver(db: Database, key: string): Promise<HandOver | undefined> {
  const query = db.selectFrom('dunningHandOver').selectAll().where('key', '=', key)
  return (await query.executeTakeFirst()) as HandOver | undefined
}

export async function getHandOver(db: Database, id: string): Promise<HandOver> {
  const found = await db.selectFrom('dunningHandOver').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`hand-over ${id}`, '/v1/dunning-hand-overs', 'dunning hand-overs')
  return found as HandOver
}

/** Accounts of files, in the order in which they came to be handed over. */
export async function handedBy(db: Database, handOverIds: readonly string[]): Promise<HandedAccount[]> {
  const query = db.selectFrom('dunningHandOverAccount').selectAll().where('handOverId', '=', anyOf(handOverIds))
  return (await query.orderBy('id').execute()) as unknown as HandedAccount[]
}

/** What was to be handed over of a run, or was, is not to be collected any more. @returns the file that it was in, if any */
export async function recall(db: Database, runId: string, nowMs: number): Promise<string | null> {
  const set = { state: 'recalled' as const, recalledAt: new Date(nowMs) }
  const query = db.updateTable('dunningHandOverAccount').set(set).where('runId', '=', runId)
  const row = await query.where('state', '<>', 'recalled').returning('handOverId').executeTakeFirst()
  return (row?.handOverId as string | null | undefined) ?? null
}
