import type { Engine } from '../../engine/index.ts'
import { type DatabaseTransaction, inTransaction } from '../../platform/db.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import type { ApprovalRequest, CarryOut } from '../approvals/index.ts'
import type { Receivables } from '../receivables/index.ts'
import type { Asking, RequestParts } from './asking.ts'
import { chargeOnRequest, creditOnRequest } from './on-request.ts'
import { chargesDraft, creditDraft, voidDraft } from './request-schemas.ts'
import { voidOnRequest } from './void-invoice.ts'

export interface CarryOutParts extends RequestParts {
  readonly engine: Engine
  readonly receivables: Receivables
}

/** Does something about documents of an account that was approved of, and lets its balances know. */
export function carryOutForAccount(
  { engine, receivables }: Pick<CarryOutParts, 'engine' | 'receivables'>,
  work: (context: WriteContext, request: ApprovalRequest) => Promise<unknown>,
): CarryOut {
  return async ({ db, tenant, nowMs }, request, end) => {
    const told = new Set([request.accountId])
    const afterCommit: WriteContext['afterCommit'] = (effect) => {
      if (effect.kind === 'apply to balances') told.add(effect.accountId)
    }
    const decided = await inTransaction(db, async (trx) => {
      await work({ db: trx as DatabaseTransaction, tenant, nowMs, afterCommit }, request)
      return end(trx)
    })
    for (const accountId of told)
      if (await engine.hasBalances(tenant.name, accountId)) await receivables.apply(tenant, nowMs, accountId)
    return decided
  }
}

/** Issues credit notes that were approved of: what they credit is looked at anew. */
export function carryOutCredit(parts: CarryOutParts): CarryOut {
  return carryOutForAccount(parts, async (context, request) => {
    const draft = creditDraft.parse(request.content)
    return creditOnRequest(parts, context, request.subjectId, askingAgain('credit', draft, request), draft)
  })
}

/** The same for debit notes. */
export function carryOutDebit(parts: CarryOutParts): CarryOut {
  return carryOutForAccount(parts, async (context, request) => {
    const draft = chargesDraft.parse(request.content)
    return chargeOnRequest(parts, context, request.subjectId, askingAgain('debit', draft, request), draft)
  })
}

/** The same for voids. */
export function carryOutVoid(parts: CarryOutParts): CarryOut {
  return carryOutForAccount(parts, async (context, request) => {
    const draft = voidDraft.parse(request.content)
    return voidOnRequest(parts, context, request.subjectId, askingAgain('void', draft, request), draft)
  })
}

function askingAgain(
  kind: Asking['kind'],
  { reason, text }: Pick<Asking, 'reason'> & { readonly text?: string | undefined },
  { content, requestedBy }: ApprovalRequest,
): Asking {
  const { key, ...asked } = content as Readonly<Record<string, unknown>>
  return { kind, key: String(key), reason, text, content: asked, requestedBy, asker: null, dryRun: false }
}
