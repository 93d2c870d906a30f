import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

export interface BillRun {
  readonly id: string
  readonly untilDay: string
  readonly status: 'running' | 'complete' | 'failed'
  readonly accountsTotal: number
  readonly accountsDone: number
  readonly documents: number
  /** Of these, what it issued since it was last asked for. */
  readonly issued: number
  /** Accounts whose next document waits, since the run was last asked for. */
  readonly held: number
  /** Accounts whose next document waits for nothing but the end of its grace period. */
  readonly inGrace: number
  readonly error: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

/** The run of a day, locked; it is made where there is none. */
export async function lockBillRun(db: Database, fresh: BillRun): Promise<BillRun & { readonly isFresh: boolean }> {
  await db
    .insertInto('billRun')
    .values(fresh)
    .onConflict((on) => on.column('untilDay').doNothing())
    .execute()
  const query = db.selectFrom('billRun').selectAll().where('untilDay', '=', fresh.untilDay).forUpdate()
  const run = (await query.executeTakeFirstOrThrow()) as BillRun
  return { ...run, isFresh: run.id === fresh.id }
}

export async function findBillRun(
  db: Database,
  by: { id: string } | { untilDay: string },
): Promise<BillRun | undefined> {
  const [column, value] = Object.entries(by)[0] as ['id' | 'untilDay', string]
  return (await db.selectFrom('billRun').selectAll().where(column, '=', value).executeTakeFirst()) as
    | BillRun
    | undefined
}

export async function updateBillRun(db: Database, id: string, set: Partial<BillRun>): Promise<void> {
  await db.updateTable('billRun').set(set).where('id', '=', id).execute()
}

/** Counts, in the transaction that does it, documents that were issued, and accounts whose next one is held. */
export async function addDone(
  db: Database,
  id: string,
  { issued, held, inGrace }: Pick<BillRun, 'issued' | 'held' | 'inGrace'>,
): Promise<void> {
  if (issued === 0 && held === 0 && inGrace === 0) return
  const set = {
    documents: sql<number>`documents + ${issued}`,
    issued: sql<number>`issued + ${issued}`,
    held: sql<number>`held + ${held}`,
    inGrace: sql<number>`in_grace + ${inGrace}`,
  }
  await db.updateTable('billRun').set(set).where('id', '=', id).execute()
}
