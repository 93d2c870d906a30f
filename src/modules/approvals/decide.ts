import type { Engine } from '../../engine/index.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import { assertAnotherPerson } from '../../platform/four-eyes.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { ApprovalNeeds } from './ports.ts'
import { APPROVAL_SCOPES, type ApprovalRequest } from './request.ts'
import { endRequest, getRequest } from './store.ts'

/** A second person decides on what waits. Approved, it is carried out before the answer. */
export async function decideRequest(
  { engine, carryOut }: ApprovalNeeds & { readonly engine: Engine },
  context: ReadContext,
  id: string,
  decision: 'approve' | 'reject',
  decider: Caller,
): Promise<ApprovalRequest> {
  const { db, nowMs } = context
  return once(
    engine,
    context,
    `approval request ${id}`,
    async () => undefined,
    () => true,
    async () => {
      const found = await getRequest(db, id)
      const scope = APPROVAL_SCOPES[found.kind]
      if (!decider.scopes.includes(scope)) throw new Refusal('forbidden', `this key lacks the scope ${scope}`)
      if (found.status !== 'pending') throw new Refusal('conflict', `the request is ${found.status}`)
      if (found.expiresAt.getTime() <= nowMs)
        throw new Refusal('conflict', `the request waited until ${found.expiresAt.toISOString()}: ask again`)
      assertAnotherPerson(found, decider)
      const ended = { decidedBy: decider.id, nowMs }
      if (decision === 'reject') return inTransaction(db, async (trx) => endRequest(trx, found, 'rejected', ended))
      const end = async (trx: Database): Promise<ApprovalRequest> => endRequest(trx, found, 'applied', ended)
      return carryOut[found.kind](context, found, end)
    },
  )
}
