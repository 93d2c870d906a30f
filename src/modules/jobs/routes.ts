import { z } from 'zod'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { JOB_STATES, type Job } from '../../platform/jobs/job.ts'
import * as service from './service.ts'

const time = z.iso.datetime()
const job = z
  .strictObject({
    id: z.uuid(),
    kind: z.string().describe('Such as `bill_run`'),
    key: z.string().describe('Which one of its kind: one job for each'),
    state: z.enum(JOB_STATES),
    dueAt: time.describe('When it may begin, by the clock of the tenant'),
    scheduled: z.boolean().describe('Whether it was asked for later: such jobs run in the order of time'),
    attempts: z.int().describe('How often it has failed since it was asked for'),
    retryAt: time.nullable().describe('When it is tried again, by the real clock'),
    cancelAsked: z.boolean().describe('It ends as soon as nothing is left half done'),
    progress: z.strictObject({ done: z.int(), total: z.int().nullable(), words: z.string().nullable() }),
    error: z.string().nullable().describe('What its last attempt failed for'),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Job' })

function toView(row: Job): { id: string } & Record<string, unknown> {
  const { id, kind, key, state, dueAt, attempts, retryAt, error, createdAt, startedAt, finishedAt } = row
  const progress = { done: Number(row.done), total: row.total === null ? null : Number(row.total), words: row.words }
  const flags = { scheduled: row.isScheduled, cancelAsked: row.isCancelAsked }
  return { id, kind, key, state, dueAt, attempts, retryAt, ...flags, progress, error, createdAt, startedAt, finishedAt }
}

const byId = z.object({ id: z.uuid() })

export function jobRoutes(): Route[] {
  const tag = 'Jobs'
  const read = { scope: 'jobs:read', tag } as const
  const write = { method: 'POST', scope: 'jobs:write', tag, params: byId, answer: job } as const
  return [
    readRoute({
      ...read,
      url: '/v1/jobs',
      summary: 'Work that is done later, or goes on until it is done; `state=failed` has what was given up',
      query: z.object({
        ...listQuery,
        text: listQuery.text.describe('A part of a kind or key'),
        state: z.enum(JOB_STATES).optional(),
        kind: z.string().min(1).max(64).optional(),
      }),
      answer: listOf(job),
      handle: async ({ db }, { query }) => {
        const { state, kind } = query
        const page = await listPage<Job>(db, query, {
          table: 'job',
          madeAt: 'createdAt',
          narrow: (rows) => (state === undefined ? rows : rows.where('job.state', '=', state)),
          keep: (rows) =>
            withText(kind === undefined ? rows : rows.where('row.kind', '=', kind), query.text, [
              'row.kind',
              'row.key',
            ]),
        })
        return { ...page, items: page.items.map(toView) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/jobs/{id}',
      summary: 'A job: how far it is, or what it failed for',
      params: byId,
      answer: job,
      handle: async ({ db }, { params }) => toView(await service.getJob(db, params.id)),
    }),
    writeRoute({
      ...write,
      url: '/v1/jobs/{id}/retry',
      summary: 'Run a job again that was given up, or at once one that waits for its next attempt',
      handle: async ({ db, nowMs, afterCommit }, { params }) => {
        afterCommit({ kind: 'wake jobs' })
        return toView(await service.retryJob(db, params.id, nowMs))
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/jobs/{id}/cancel',
      summary: 'End a job; what it has done stays, and what must not be left half done is finished first',
      handle: async ({ db, nowMs, afterCommit }, { params }) => {
        afterCommit({ kind: 'wake jobs' })
        return toView(await service.cancelJob(db, params.id, nowMs))
      },
    }),
  ]
}
