import { noteChange } from '../../platform/changed-rows.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReversalRequest } from '../payments/index.ts'

export async function getRequest(db: Database, id: string): Promise<ReversalRequest> {
  const found = await db.selectFrom('reversalRequest').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw new Refusal('not_found', `no request of a reversal ${id}`)
  return found as ReversalRequest
}

/** The request that waits for a payment or top-up, whether its time is over or not. */
export async function findWaiting(
  db: Database,
  { kind, subjectId }: Pick<ReversalRequest, 'kind' | 'subjectId'>,
): Promise<ReversalRequest | undefined> {
  const query = db.selectFrom('reversalRequest').selectAll().where('kind', '=', kind).where('subjectId', '=', subjectId)
  return (await query.where('status', '=', 'pending').executeTakeFirst()) as ReversalRequest | undefined
}

export async function insertRequest(db: Database, request: ReversalRequest): Promise<void> {
  await db.insertInto('reversalRequest').values(request).execute()
}

export async function endRequest(
  db: Database,
  request: ReversalRequest,
  status: 'applied' | 'rejected' | 'expired',
  { decidedBy, nowMs }: { readonly decidedBy: string | null; readonly nowMs: number },
): Promise<ReversalRequest> {
  const decision = { status, decidedBy, decidedAt: new Date(nowMs) }
  await db.updateTable('reversalRequest').set(decision).where('id', '=', request.id).execute()
  await noteChange(db, 'decision on reversal', request.id)
  return { ...request, ...decision }
}
