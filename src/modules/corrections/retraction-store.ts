import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

/** A file that is retracted as a whole. */
export interface Retraction {
  readonly id: string
  readonly key: string
  readonly importId: string
  readonly reason: string
  readonly requestedBy: string
  readonly status: 'running' | 'complete' | 'failed'
  readonly recordsTotal: bigint
  readonly recordsRetracted: bigint
  readonly recordsGone: bigint
  readonly suspenseWrittenOff: bigint
  /** Rows of the segments up to here are done. */
  readonly doneSeq: bigint
  readonly error: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

export async function insertRetraction(db: Database, row: Retraction): Promise<void> {
  await db.insertInto('usageRetraction').values(row).execute()
}

export async function findRetraction(
  db: Database,
  by: { id: string } | { key: string },
): Promise<Retraction | undefined> {
  const [column, value] = Object.entries(by)[0] as ['id' | 'key', string]
  return (await db.selectFrom('usageRetraction').selectAll().where(column, '=', value).executeTakeFirst()) as
    | Retraction
    | undefined
}

export async function updateRetraction(db: Database, id: string, set: Partial<Retraction>): Promise<void> {
  await db.updateTable('usageRetraction').set(set).where('id', '=', id).execute()
}

/** Notes what a commit has retracted, and through which segment everything is. */
export async function addRetracted(
  db: Database,
  id: string,
  step: { retracted: number; gone: number; doneSeq: bigint | null },
): Promise<void> {
  await db
    .updateTable('usageRetraction')
    .set({
      recordsRetracted: sql`records_retracted + ${step.retracted}`,
      recordsGone: sql`records_gone + ${step.gone}`,
      ...(step.doneSeq === null ? {} : { doneSeq: step.doneSeq }),
    })
    .where('id', '=', id)
    .execute()
}

/** Counts entries of suspense in the transaction that gives them up. */
export async function addWrittenOff(db: Database, id: string, written: number): Promise<void> {
  const set = { suspenseWrittenOff: sql<bigint>`suspense_written_off + ${written}` }
  await db.updateTable('usageRetraction').set(set).where('id', '=', id).execute()
}
