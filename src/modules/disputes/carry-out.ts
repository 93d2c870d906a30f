import type { WriteContext } from '../../platform/tenant.ts'
import type { ApprovalRequest } from '../approvals/index.ts'
import type { DisputeNeeds } from './ports.ts'
import { acceptDraft } from './schemas.ts'
import { acceptDispute, lockDispute } from './service.ts'

/** Accepts a dispute that a second person has agreed to accept: what is left is looked at anew. */
export function carryOutAcceptance(
  needs: DisputeNeeds,
): (context: WriteContext, request: ApprovalRequest) => Promise<void> {
  return async (context, { subjectId, content, requestedBy: decidedBy }) => {
    const { lines, money, text } = acceptDraft.parse(content)
    const dispute = await lockDispute(context, subjectId)
    await acceptDispute(needs, context, dispute, { lines, money, text }, { decidedBy, asker: null })
  }
}
