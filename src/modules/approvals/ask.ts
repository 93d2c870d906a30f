import { isDeepStrictEqual } from 'node:util'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ApprovalRequest } from './request.ts'
import { endRequest, findWaiting, insertRequest } from './store.ts'

/** How long a request waits for somebody who decides. */
const WAITS_DAYS = 7

export interface ApprovalAsked
  extends Pick<ApprovalRequest, 'kind' | 'subjectId' | 'subjectKey' | 'accountId' | 'currency' | 'reason' | 'content'> {
  readonly amountMinor: bigint
  /** Whether this person may do it alone, by the limits of the tenant. */
  readonly isAllowed: boolean
}

/**
 * Whether something has to wait for a second person. Asked again, the request that waits is the answer; what is allowed by now
 * waits for nobody any more. The account's row is locked.
 * @returns the request that waits, or null: then it is done at once
 * @throws Refusal `conflict` where something else of the kind waits for the same subject
 */
export async function askApproval(
  db: Database,
  { isAllowed, ...asked }: ApprovalAsked,
  asker: Person,
  nowMs: number,
): Promise<ApprovalRequest | null> {
  const { reason, content } = asked
  const waiting = await findWaiting(db, asked)
  if (waiting !== undefined) {
    const isSame = waiting.reason === reason && isDeepStrictEqual(waiting.content, content)
    // A reversal takes back all of its subject, whatever the reason; of a document another part may be asked for.
    if (isAllowed && (isSame || content === null))
      await endRequest(db, waiting, 'applied', { decidedBy: asker.id, nowMs })
    if (isAllowed) return null
    if (waiting.expiresAt.getTime() <= nowMs) await endRequest(db, waiting, 'expired', { decidedBy: null, nowMs })
    else if (isSame) return waiting
    else throw new Refusal('conflict', `${WORDS[asked.kind]} waits for approval already: ${waiting.reason}`)
  }
  if (isAllowed) return null
  const request: ApprovalRequest = {
    ...asked,
    id: newId(),
    amountMinor: String(asked.amountMinor),
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

const WORDS = {
  payment: 'its reversal',
  top_up: 'its reversal',
  credit_note: 'another credit of the document',
  void: 'its void',
  debit_note: 'another debit note of the document',
  write_off: 'another write-off of the document',
  dispute: 'another decision on the dispute',
} as const
