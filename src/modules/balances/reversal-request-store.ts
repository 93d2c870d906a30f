import { formatMinor } from '../../core/base/money.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound } from '../../platform/problems.ts'
import type { ReversalRequest } from '../payments/index.ts'
import { reversalApproved, reversalExpired, reversalRejected, reversalRequested } from './events.ts'

const ENDS = { applied: reversalApproved, rejected: reversalRejected, expired: reversalExpired } as const

export async function getRequest(db: Database, id: string): Promise<ReversalRequest> {
  const found = await db.selectFrom('reversalRequest').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`request of a reversal ${id}`, '/v1/reversal-requests', 'reversal list')
  return found as ReversalRequest
}

/** The request that waits for a payment or top-up, whether its time is over or not. */
export async function findWaiting(
  db: Database,
  { kind, subjectId }: Pick<ReversalRequest, 'kind' | 'subjectId'>,
): Promise<ReversalRequest | undefined> {
  const query = db.selectFrom('reversalRequest').selectAll().where('kind', '=', kind).where('subjectId', '=', subjectId)
  return await query.where('status', '=', 'pending').executeTakeFirst()
}

export async function insertRequest(db: Database, request: ReversalRequest): Promise<void> {
  await db.insertInto('reversalRequest').values(request).execute()
  await tell(db, reversalRequested, request, request.createdAt.getTime())
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
  await tell(db, ENDS[status], request, nowMs)
  return { ...request, ...decision }
}

async function tell(
  db: Database,
  type: typeof reversalRequested,
  request: ReversalRequest,
  nowMs: number,
): Promise<void> {
  const { id: objectId, accountId, amountMinor, currency } = request
  const data = { ...request, amount: formatMinor(BigInt(amountMinor), currency) }
  await publish(db, [eventOf(type, { objectId, accountId }, data)], nowMs)
}
