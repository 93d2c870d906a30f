import { formatMinor } from '../../core/base/money.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound } from '../../platform/problems.ts'
import { approvalApplied, approvalExpired, approvalRejected, approvalRequested } from './events.ts'
import type { ApprovalRequest } from './request.ts'

const ENDS = { applied: approvalApplied, rejected: approvalRejected, expired: approvalExpired } as const

export async function getRequest(db: Database, id: string): Promise<ApprovalRequest> {
  const found = await db.selectFrom('approvalRequest').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`request of an approval ${id}`, '/v1/approval-requests', 'approval list')
  return found as ApprovalRequest
}

/** The request of a kind that waits for a subject, whether its time is over or not. */
export async function findWaiting(
  db: Database,
  { kind, subjectId }: Pick<ApprovalRequest, 'kind' | 'subjectId'>,
): Promise<ApprovalRequest | undefined> {
  const query = db.selectFrom('approvalRequest').selectAll().where('kind', '=', kind).where('subjectId', '=', subjectId)
  return (await query.where('status', '=', 'pending').executeTakeFirst()) as ApprovalRequest | undefined
}

export async function insertRequest(db: Database, request: ApprovalRequest): Promise<void> {
  const content = request.content === null ? null : JSON.stringify(request.content)
  await db
    .insertInto('approvalRequest')
    .values({ ...request, content })
    .execute()
  await tell(db, approvalRequested, request, request.createdAt.getTime())
}

export async function endRequest(
  db: Database,
  request: ApprovalRequest,
  status: 'applied' | 'rejected' | 'expired',
  { decidedBy, nowMs }: { readonly decidedBy: string | null; readonly nowMs: number },
): Promise<ApprovalRequest> {
  const decision = { status, decidedBy, decidedAt: new Date(nowMs) }
  await db.updateTable('approvalRequest').set(decision).where('id', '=', request.id).execute()
  await noteChange(db, 'decision on reversal', request.id)
  await tell(db, ENDS[status], request, nowMs)
  return { ...request, ...decision }
}

async function tell(
  db: Database,
  type: typeof approvalRequested,
  { kind, subjectId, subjectKey, currency, reason, ...request }: ApprovalRequest,
  nowMs: number,
): Promise<void> {
  const amount = formatMinor(BigInt(request.amountMinor), currency)
  const data = { kind, subjectId, subjectKey, amount, currency, reason }
  await publish(db, [eventOf(type, { objectId: request.id, accountId: request.accountId }, data)], nowMs)
}
