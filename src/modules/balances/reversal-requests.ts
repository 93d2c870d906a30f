import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import { assertAnotherPerson, type Person } from '../../platform/four-eyes.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lockAccount } from '../parties/index.ts'
import { type AskReversal, type ReversalRequest, reversePayment } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { limitFor, nameOfReversal, readLimits } from './approval-limits.ts'
import { endRequest, findWaiting, getRequest, insertRequest } from './reversal-request-store.ts'
import { findTopUpReversal, type TopUp } from './store.ts'
import { reverseOneTopUp } from './top-up-reversals.ts'

/** How long a request waits for somebody who decides. */
const WAITS_DAYS = 7

/**
 * Whether a reversal has to wait for a second person: above the tenant's limit of the currency it does. Asked again, the request
 * that waits is the answer; what the limit allows by now needs nobody any more.
 * @returns the request that waits, or null: then it is made at once.
 */
export const askReversal: AskReversal = async (db, { reason, ...subject }, asker, nowMs) => {
  const { currency, accountId } = subject
  await lockAccount(db, accountId)
  const limit = limitFor(await readLimits(db), nameOfReversal(currency), asker.person, null)
  const isAllowed = limit === null || subject.amountMinor <= limit
  const waiting = await findWaiting(db, subject)
  if (waiting !== undefined) {
    if (isAllowed) await endRequest(db, waiting, 'applied', { decidedBy: asker.id, nowMs })
    else if (waiting.expiresAt.getTime() <= nowMs) await endRequest(db, waiting, 'expired', { decidedBy: null, nowMs })
    else if (waiting.reason === reason) return waiting
    else throw new Refusal('conflict', `its reversal waits for approval already: ${waiting.reason}`)
  }
  if (isAllowed) return null
  const request: ReversalRequest = {
    ...subject,
    id: newId(),
    amountMinor: String(subject.amountMinor),
    reason,
    status: 'pending',
    requestedBy: asker.id,
    requestedByPerson: asker.person,
    decidedBy: null,
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + WAITS_DAYS * 86_400_000),
    decidedAt: null,
  }
  await insertRequest(db, request)
  return request
}

/** As `askReversal`, for a top-up; one that was reversed before waits for nobody. */
export async function askTopUpReversal(
  db: Database,
  { id: subjectId, key: subjectKey, accountId, currency, amountMinor }: TopUp,
  reason: string,
  asker: Person,
  nowMs: number,
): Promise<ReversalRequest | null> {
  if ((await findTopUpReversal(db, subjectId)) !== undefined) return null
  const subject = { kind: 'top_up' as const, subjectId, subjectKey, accountId, currency, reason }
  return inTransaction(db, async (trx) =>
    askReversal(trx, { ...subject, amountMinor: BigInt(amountMinor) }, asker, nowMs),
  )
}

/** What deciding on a reversal asks of others. */
export interface ReversalNeeds {
  readonly engine: Engine
  readonly receivables: Receivables
}

/** A second person decides on a reversal that waits. */
export async function decideReversal(
  needs: ReversalNeeds,
  context: ReadContext,
  id: string,
  decision: 'approve' | 'reject',
  decider: Person,
): Promise<ReversalRequest> {
  const { db, nowMs } = context
  return once(
    needs.engine,
    context,
    `reversal request ${id}`,
    async () => undefined,
    () => true,
    async () => {
      const found = await getRequest(db, id)
      if (found.status !== 'pending') throw new Refusal('conflict', `the request is ${found.status}`)
      if (found.expiresAt.getTime() <= nowMs)
        throw new Refusal('conflict', `the request waited until ${found.expiresAt.toISOString()}: ask again`)
      assertAnotherPerson(found, decider)
      const ended = { decidedBy: decider.id, nowMs }
      if (decision === 'reject') return inTransaction(db, async (trx) => endRequest(trx, found, 'rejected', ended))
      const end = async (trx: Database): Promise<ReversalRequest> => endRequest(trx, found, 'applied', ended)
      return found.kind === 'payment'
        ? approvePayment(needs, context, found, end)
        : approveTopUp(needs, context, found, end)
    },
  )
}

async function approvePayment(
  { engine, receivables }: ReversalNeeds,
  { db, tenant, nowMs }: ReadContext,
  { subjectId: id, accountId, reason, requestedBy: reversedBy }: ReversalRequest,
  end: (db: Database) => Promise<ReversalRequest>,
): Promise<ReversalRequest> {
  const decided = await inTransaction(db, async (trx) => {
    await reversePayment(trx, { id }, { reason, reversedBy }, receivables, nowMs)
    return end(trx)
  })
  if (await engine.hasBalances(tenant.name, accountId)) await receivables.apply(tenant, nowMs, accountId)
  return decided
}

/** A reversal is made once: where the process ended before the request was marked, it is approved once more. */
async function approveTopUp(
  { engine, receivables }: ReversalNeeds,
  context: ReadContext,
  { subjectId, reason, requestedBy: reversedBy }: ReversalRequest,
  end: (db: Database) => Promise<ReversalRequest>,
): Promise<ReversalRequest> {
  await reverseOneTopUp(engine, context, subjectId, { reason, reversedBy }, receivables)
  return inTransaction(context.db, end)
}
