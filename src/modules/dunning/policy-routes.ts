import { z } from 'zod'
import { key } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { policyAnswer, viewPolicy } from './answers.ts'
import { applyPolicy, withdrawPolicy } from './policies.ts'
import { policyDraft } from './schemas.ts'
import * as store from './store.ts'

const tag = 'Dunning'
const named = z.object({ key: key.describe('Of a policy') })

export function policyRoutes(): Route[] {
  return [
    writeRoute({
      url: '/v1/dunning-policies',
      scope: 'dunning:write',
      tag,
      summary:
        'Put a dunning policy in force, or keep it as a draft: a version of its key; one that says the same is the last one',
      status: 201,
      body: policyDraft,
      answer: policyAnswer,
      handle: async (context, { body: { key: name, draft, policy: content } }, { caller }) =>
        viewPolicy(await applyPolicy(context, { key: name, content, isDraft: draft }, caller.id)),
    }),
    writeRoute({
      url: '/v1/dunning-policies/{key}/withdraw',
      scope: 'dunning:write',
      tag,
      summary: 'Withdraw a dunning policy: no run begins by it any more, and those that go on do',
      params: named,
      body: z.strictObject({}),
      answer: policyAnswer,
      handle: async (context, { params }, { caller }) =>
        viewPolicy(await withdrawPolicy(context, params.key, caller.id)),
    }),
    readRoute({
      url: '/v1/dunning-policies/{key}',
      scope: 'dunning:read',
      tag,
      summary: 'A version of a dunning policy, the last one unless another is named',
      params: named,
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      answer: policyAnswer,
      handle: async ({ db }, { params, query }) => viewPolicy(await store.getPolicy(db, params.key, query.version)),
    }),
    readRoute({
      url: '/v1/dunning-policies',
      scope: 'dunning:read',
      tag,
      summary: 'Dunning policies in all of their versions',
      query: z.object({
        ...listQuery,
        key: z.string().max(128).optional(),
        state: z.enum(store.POLICY_STATES).optional(),
      }),
      answer: listOf(policyAnswer),
      handle: async ({ db }, { query }) => {
        const page = await listPage<store.PolicyRow>(db, query, {
          ...{ table: 'dunningPolicy', madeAt: 'madeAt' },
          keep: (rows) =>
            withText(having(rows, { 'row.key': query.key, 'row.state': query.state }), query.text, ['row.key']),
        })
        return { ...page, items: page.items.map(viewPolicy) }
      },
    }),
  ]
}
