import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import { DUNNING_ACTIONS } from '../../core/dunning/policy.ts'
import { inSchema } from '../../platform/db.ts'
import { day } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { accountNames, accountQuery, accountsNamed, getRow, ofAccounts } from '../parties/index.ts'
import { accountAnswer, amount, runAnswer, viewHold, viewLook, viewRuns } from './answers.ts'
import type { Outcome } from './evaluate.ts'
import { holdAccount, releaseAccount } from './holds.ts'
import { lookAt } from './look.ts'
import { type DunningParts, latestDay, PAGE, workOn } from './run.ts'
import * as store from './store.ts'

const tag = 'Dunning'
const { text: _text, ...paging } = listQuery
const byAccount = z.object({ reference })

const outcomeAnswer = z
  .strictObject({
    looked: z.int().describe('Accounts'),
    began: z.int().describe('Runs'),
    ended: z.int(),
    reopened: z.int(),
    steps: z.array(
      z.strictObject({
        currency: z.string(),
        step: z.string(),
        action: z.enum(DUNNING_ACTIONS),
        state: z.string(),
        accounts: z.int(),
        amount: amount.describe('What was to be asked for of them'),
      }),
    ),
    failed: z
      .array(z.strictObject({ accountId: z.uuid(), reason: z.string() }))
      .describe('Accounts that could not be worked on now'),
    next: z.uuid().nullable().describe('`after` of the next page; null where there is none'),
  })
  .meta({ id: 'DunningOutcome' })

export function dunningRoutes(parts: DunningParts): Route[] {
  return [runRoute(parts), ...holdRoutes(), ...readRoutes()]
}

function runRoute(parts: DunningParts): Route {
  return streamRoute({
    method: 'POST',
    url: '/v1/dunning-runs',
    scope: 'dunning:write',
    tag,
    summary: 'Do now the steps that are due, account by account; a step is never done twice in a run',
    body: z.strictObject({
      account: reference.optional().describe('All accounts, by pages, when absent'),
      after: z.uuid().optional().describe('`next` of the page before'),
    }),
    answer: outcomeAnswer,
    handle: async ({ db, tenant, nowMs }, { body }) => {
      const named = body.account === undefined ? undefined : [(await getRow(db, 'account', body.account)).id]
      const page = { lastDay: latestDay(nowMs), after: body.after ?? null, limit: PAGE }
      const ids = named ?? (await store.accountsToLookAt(inSchema(parts.db, tenant.schema), page))
      const done = present(await workOn(parts, tenant, ids, nowMs, { withSteps: true }), 'nobody stops a request')
      const failed = done.failed.map(({ accountId, error }) => {
        if (error instanceof Refusal) return { accountId, reason: error.message }
        throw error
      })
      const next = named === undefined && ids.length === PAGE ? (ids.at(-1) ?? null) : null
      const { began, ended, reopened } = done
      return { looked: ids.length, began, ended, reopened, steps: viewSteps(done), failed, next }
    },
  })
}

function viewSteps({ steps }: Outcome): object[] {
  const groups = Map.groupBy(steps, ({ currency, stepId, state }) => `${currency} ${stepId} ${state}`)
  return [...groups.values()].map((own) => {
    const [{ currency, stepId: step, action, state }] = own as [(typeof own)[number]]
    const minor = own.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
    return { currency, step, action, state, accounts: own.length, amount: formatMinor(minor, currency) }
  })
}

/** How an account stands now. */
async function viewAccount({ db, nowMs }: Pick<ReadContext, 'db' | 'nowMs'>, named: string): Promise<object> {
  const { id } = await getRow(db, 'account', named)
  const names = await accountNames(db, [id])
  const [look] = await lookAt(db, [id], await store.policiesInForce(db), nowMs)
  if (look === undefined) throw new Error(`the account ${id} is gone`)
  const { hold, run } = look
  const [last = null] = run === null ? [] : await viewRuns(db, [run])
  return { ...names.get(id), ...viewLook(look), hold: hold === undefined ? null : viewHold(hold), run: last }
}

function holdRoutes(): Route[] {
  const write = { scope: 'dunning:write', tag, params: byAccount, answer: accountAnswer } as const
  return [
    writeRoute({
      ...write,
      url: '/v1/accounts/{reference}/dunning/hold',
      summary:
        'Hold the dunning of an account: no step is done until a day, or until it is released; what is blocked stays so',
      body: z.strictObject({
        reason: textUpTo(500),
        until: day.nullable().default(null).describe('The last day; until it is released when absent'),
      }),
      handle: async (context, { params, body }, { caller }) => {
        await holdAccount(context, params.reference, body, caller.id)
        return viewAccount(context, params.reference)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/accounts/{reference}/dunning/release',
      summary: 'Release an account whose dunning is held',
      body: z.strictObject({ reason: textUpTo(500).nullable().default(null) }),
      handle: async (context, { params, body }, { caller }) => {
        await releaseAccount(context, params.reference, body.reason, caller.id)
        return viewAccount(context, params.reference)
      },
    }),
  ]
}

function readRoutes(): Route[] {
  const read = { scope: 'dunning:read', tag } as const
  return [
    readRoute({
      ...read,
      url: '/v1/accounts/{reference}/dunning',
      summary: 'How an account stands: what is overdue, what was done, what comes next and when, and what stops it',
      params: byAccount,
      answer: accountAnswer,
      handle: async (context, { params }) => viewAccount(context, params.reference),
    }),
    readRoute({
      ...read,
      url: '/v1/dunning-runs/{id}',
      summary: 'A dunning run with its steps',
      params: z.object({ id: z.uuid() }),
      answer: runAnswer,
      handle: async ({ db }, { params }) => (await viewRuns(db, [await store.getRun(db, params.id)]))[0],
    }),
    readRoute({
      ...read,
      url: '/v1/dunning-runs',
      summary: 'Dunning runs: those that go on, and those that have ended',
      query: z.object({
        ...paging,
        ...accountQuery,
        state: z.enum(['running', 'ended']).optional(),
        block: z.enum(['soft', 'hard']).optional(),
      }),
      answer: listOf(runAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<store.RunRow>(db, query, {
          ...{ table: 'dunningRun', madeAt: 'startedAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => having(rows, { 'row.state': query.state, 'row.block': query.block }),
        })
        return { ...page, items: await viewRuns(db, page.items) }
      },
    }),
  ]
}
