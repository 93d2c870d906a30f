import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, type Scope, streamRoute } from '../../platform/http/route.ts'
import { accountQuery, accountsNamed, ofAccounts } from '../parties/index.ts'
import { decideRequest } from './decide.ts'
import type { ApprovalNeeds } from './ports.ts'
import {
  APPROVAL_KINDS,
  APPROVAL_SCOPES,
  APPROVAL_STATES,
  type ApprovalRequest,
  approvalRequestAnswer,
  toRequestView,
} from './request.ts'

/** What somebody may read of what waits, by the scope that reads its subjects. */
const READ_SCOPES = { 'balances:approve': 'balances:read', 'invoices:approve': 'invoices:read' } as const

function kindsShownTo({ scopes }: Pick<Caller, 'scopes'>): string[] {
  return APPROVAL_KINDS.filter((kind) => scopes.includes(READ_SCOPES[APPROVAL_SCOPES[kind]] satisfies Scope))
}

export function approvalRoutes(needs: ApprovalNeeds & { readonly engine: Engine }): Route[] {
  const tag = 'Approvals'
  const decisions = (['approve', 'reject'] as const).map((decision) =>
    streamRoute({
      method: 'POST',
      url: `/v1/approval-requests/{id}/${decision}`,
      scope: 'balances:approve',
      orScope: 'invoices:approve',
      tag,
      summary: `${decision === 'approve' ? 'Approve' : 'Reject'} what waits; another person than the one who asked`,
      params: z.object({ id: z.uuid() }),
      answer: approvalRequestAnswer,
      handle: async (context, { params }, request) =>
        toRequestView(await decideRequest(needs, context, params.id, decision, request.caller), context.nowMs),
    }),
  )
  return [
    readRoute({
      url: '/v1/approval-requests',
      scope: 'balances:read',
      orScope: 'invoices:read',
      tag,
      summary: 'List what two people have to agree to: reversals, notes on request, write-offs, accepted disputes',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        status: z.enum(APPROVAL_STATES).optional(),
        kind: z.enum(APPROVAL_KINDS).optional(),
      }),
      answer: listOf(approvalRequestAnswer),
      handle: async ({ db, nowMs }, { query }, { caller }) => {
        const accountIds = await accountsNamed(db, query)
        const { status, kind, text } = query
        const page = await listPage<ApprovalRequest>(db, query, {
          table: 'approvalRequest',
          madeAt: 'createdAt',
          keep: (rows) => {
            const shown = ofAccounts(rows, accountIds).where('row.kind', 'in', ['', ...kindsShownTo(caller)])
            return withText(having(shown, { 'row.status': status, 'row.kind': kind }), text, [
              'row.subjectKey',
              'row.reason',
            ])
          },
        })
        return { ...page, items: page.items.map((request) => toRequestView(request, nowMs)) }
      },
    }),
    ...decisions,
  ]
}
