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
  readonly error: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

export async function insertBillRun(db: Database, run: BillRun): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('billRun')
    .values(run)
    .onConflict((on) => on.column('untilDay').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
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

export async function runningBillRuns(db: Database): Promise<BillRun[]> {
  return (await db.selectFrom('billRun').selectAll().where('status', '=', 'running').execute()) as BillRun[]
}

export async function updateBillRun(db: Database, id: string, set: Partial<BillRun>): Promise<void> {
  await db.updateTable('billRun').set(set).where('id', '=', id).execute()
}
