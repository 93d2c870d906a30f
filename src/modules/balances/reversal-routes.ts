import { z } from 'zod'
import { listOf, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { accountQuery, accountsNamed } from '../parties/index.ts'
import { REVERSAL_STATES, reversalRequestAnswer, toRequestView } from '../payments/index.ts'
import { listReversalPage } from './lists.ts'
import { decideReversal, type ReversalNeeds } from './reversal-requests.ts'

export function reversalRoutes(needs: ReversalNeeds): Route[] {
  const tag = 'Balances'
  const decisions = (['approve', 'reject'] as const).map((decision) =>
    streamRoute({
      method: 'POST',
      url: `/v1/reversal-requests/{id}/${decision}`,
      scope: 'balances:approve',
      tag,
      summary: `${decision === 'approve' ? 'Approve' : 'Reject'} a reversal that waits; another person than the one who asked`,
      params: z.object({ id: z.uuid() }),
      answer: reversalRequestAnswer,
      handle: async (context, { params }, request) =>
        toRequestView(await decideReversal(needs, context, params.id, decision, request.caller), context.nowMs),
    }),
  )
  return [
    readRoute({
      url: '/v1/reversal-requests',
      scope: 'balances:read',
      tag,
      summary: 'List reversals of payments and top-ups that two people have to agree to',
      query: z.object({ ...listQuery, ...accountQuery, status: z.enum(REVERSAL_STATES).optional() }),
      answer: listOf(reversalRequestAnswer),
      handle: async ({ db, nowMs }, { query }) => {
        const page = await listReversalPage(db, query, await accountsNamed(db, query))
        return { ...page, items: page.items.map((request) => toRequestView(request, nowMs)) }
      },
    }),
    ...decisions,
  ]
}
