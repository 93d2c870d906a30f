import type { Database } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { ApprovalKind, ApprovalRequest } from './request.ts'

/**
 * Does what a request asks for, now that a second person has approved of it: by the same checks as without a request.
 * Implemented by the modules whose requests wait.
 * @param end marks the request as applied; it is called in the transaction that does it, or once it is done
 */
export type CarryOut = (
  context: ReadContext,
  request: ApprovalRequest,
  end: (db: Database) => Promise<ApprovalRequest>,
) => Promise<ApprovalRequest>

export interface ApprovalNeeds {
  readonly carryOut: Readonly<Record<ApprovalKind, CarryOut>>
}
