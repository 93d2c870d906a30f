import { z } from 'zod'
import { day } from '../../platform/http/dates.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { pageQuery, type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import type { Parts } from '../module.ts'
import * as answers from './answers.ts'
import * as service from './service.ts'
import * as store from './store.ts'

const byId = z.object({ id: z.uuid() })
const planName = z.strictObject({ code: z.string().min(1).max(100), version: z.number().int().positive() })
const draft = z
  .strictObject({
    key: z.string().min(1).max(200),
    reason: z.string().min(1).max(1000),
    plans: z
      .array(z.strictObject({ from: planName, to: planName }))
      .min(1)
      .max(100),
    accounts: z.array(z.string().min(1).max(200)).min(1).max(10_000).nullable().default(null),
    from: day.describe('First local day of the accounts'),
    until: day.describe('The day behind the last one'),
  })
  .refine(({ from, until }) => until > from, { message: 'until must be after from', path: ['until'] })

export function reRatingRoutes({ engine, wakeJobs }: Parts): Route[] {
  const tag = 'Re-rating'
  const write = { method: 'POST', scope: 're-ratings:write', tag } as const
  const read = { scope: 'invoices:read', tag } as const
  return [
    streamRoute({
      ...write,
      url: '/v1/re-ratings',
      status: 202,
      summary:
        'Charge usage of a time by other plan versions: begins with a dry run; nothing changes before it is approved',
      body: draft,
      answer: answers.reRating,
      handle: async (context, { body }, { caller }) => {
        const made = await service.createReRating(engine, context, body, caller)
        wakeJobs(context.tenant)
        return service.toReRatingView(context.db, made)
      },
    }),
    readRoute({
      ...read,
      url: '/v1/re-ratings',
      summary: 'List re-ratings',
      query: z.object({ ...listQuery, status: z.enum(store.STATUSES).optional() }),
      answer: answers.reRatings,
      handle: async ({ db }, { query }) => {
        const page = await store.listReRatingPage(db, query)
        return { ...page, items: await Promise.all(page.items.map((row) => service.toReRatingView(db, row))) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/re-ratings/{id}',
      summary: 'A re-rating: how far it is, and its totals before and after',
      params: byId,
      answer: answers.reRating,
      handle: async ({ db }, { params }) => service.toReRatingView(db, await service.getReRating(db, params.id)),
    }),
    readRoute({
      ...read,
      url: '/v1/re-ratings/{id}/accounts',
      summary: 'Accounts before and after, and what was done to them',
      params: byId,
      query: z.object({ ...pageQuery, before: listQuery.before, order: listQuery.order }),
      answer: answers.accounts,
      handle: async ({ db }, { params, query }) => {
        await service.getReRating(db, params.id)
        const page = await store.listAccountPage(db, params.id, query)
        return { ...page, items: page.items.map(service.toAccountView) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/re-ratings/{id}/records',
      summary: 'Records of an account before and after',
      params: byId,
      query: z.object({
        account: z.string().min(1).max(200),
        limit: pageQuery.limit,
        offset: z.coerce.number().int().min(0).default(0),
      }),
      answer: answers.records,
      handle: async (context, { params, query: { account, ...page } }) => ({
        items: await service.recordsOfAccount(
          engine,
          context,
          await service.getReRating(context.db, params.id),
          account,
          page,
        ),
      }),
    }),
    streamRoute({
      ...write,
      url: '/v1/re-ratings/{id}/approve',
      scope: 're-ratings:approve',
      status: 202,
      summary: 'Apply a re-rating whose dry run is done',
      params: byId,
      answer: answers.reRating,
      handle: async (context, { params }, { caller }) => {
        const approved = await service.approve(context, params.id, caller)
        wakeJobs(context.tenant)
        return service.toReRatingView(context.db, approved)
      },
    }),
    streamRoute({
      ...write,
      url: '/v1/re-ratings/{id}/cancel',
      summary: 'Give a re-rating up; accounts that are done stay so, the others stay as they were',
      params: byId,
      answer: answers.reRating,
      handle: async (context, { params }) => {
        const cancelled = await service.cancel(context, params.id)
        wakeJobs(context.tenant)
        return service.toReRatingView(context.db, cancelled)
      },
    }),
  ]
}
