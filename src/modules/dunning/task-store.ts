import type { Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** What came of a call. */
export const CALL_OUTCOMES = ['promised', 'refused', 'disputes', 'not_reached', 'wrong_number', 'other'] as const

export interface CallTask {
  readonly id: string
  readonly runId: string
  readonly accountId: string
  readonly stepId: string
  readonly script: string
  readonly currency: string
  readonly amountMinor: string
  readonly state: 'open' | 'done' | 'cancelled'
  readonly outcome: (typeof CALL_OUTCOMES)[number] | null
  readonly note: string | null
  readonly createdAt: Date
  readonly endedBy: string | null
  readonly endedAt: Date | null
}

export async function insertTask(db: Database, task: CallTask): Promise<void> {
  await db.insertInto('dunningCallTask').values(task).execute()
}

export async function getTask(db: Database, id: string): Promise<CallTask> {
  const found = await db.selectFrom('dunningCallTask').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`call task ${id}`, '/v1/call-tasks', 'dunning call list')
  return found as CallTask
}

/** Ends a task of which nobody has said yet what came of it. @returns whether it was one */
export async function endTask(
  db: Database,
  id: string,
  set: Pick<CallTask, 'state' | 'outcome' | 'note' | 'endedBy' | 'endedAt'>,
): Promise<boolean> {
  const query = db.updateTable('dunningCallTask').set(set).where('id', '=', id).where('state', '=', 'open')
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

/** Nobody calls about a run that is over. @returns the tasks that were open */
export async function cancelTasks(db: Database, runId: string, nowMs: number): Promise<CallTask[]> {
  const set = { state: 'cancelled' as const, endedBy: 'dunning', endedAt: new Date(nowMs) }
  const query = db.updateTable('dunningCallTask').set(set).where('runId', '=', runId).where('state', '=', 'open')
  return (await query.returningAll().execute()) as unknown as CallTask[]
}
