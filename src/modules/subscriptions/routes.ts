import { z } from 'zod'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { findPlanVersions } from '../catalog/index.ts'
import { change, timeline } from './answers.ts'
import { changeRequest } from './schemas.ts'
import { recordChange, withdrawChange } from './subscription-changes.ts'
import { toChangeView, viewTimeline } from './subscription-view.ts'

/** Dated changes of subscriptions. What they would cost is asked of billing, which bills them. */
export function subscriptionRoutes(): Route[] {
  const tag = 'Customers'
  const url = '/v1/subscriptions/{reference}'
  const byReference = z.object({ reference: z.string().min(1).max(128) })
  return [
    readRoute({
      url: `${url}/timeline`,
      scope: 'customers:read',
      tag,
      summary: 'What a subscription was, is and will be, with its changes',
      params: byReference,
      answer: timeline,
      handle: async ({ db, nowMs }, { params }) => viewTimeline(db, params.reference, nowMs),
    }),
    writeRoute({
      url: `${url}/changes`,
      scope: 'customers:write',
      tag,
      summary:
        'Change plan or quantity, pause, resume, cancel or renew: now, at an end, or at any time from the start on',
      status: 201,
      params: byReference,
      body: changeRequest,
      answer: change,
      handle: async (context, { params, body }) => {
        const { account, row } = await recordChange(context.db, params.reference, body, context.nowMs)
        context.afterCommit({ kind: 'reload accounts', accountIds: [account.id] })
        const { planVersionId } = row.content
        return toChangeView(row, await findPlanVersions(context.db, planVersionId === undefined ? [] : [planVersionId]))
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: `${url}/changes/{id}`,
      scope: 'customers:write',
      tag,
      summary: 'Withdraw a change: as if it had never been made',
      params: byReference.extend({ id: z.uuid() }),
      answer: timeline,
      handle: async (context, { params }) => {
        const { db, nowMs } = context
        const { accountId, key } = await withdrawChange(db, params.reference, params.id, nowMs)
        context.afterCommit({ kind: 'reload accounts', accountIds: [accountId] })
        return viewTimeline(db, key, nowMs)
      },
    }),
  ]
}
