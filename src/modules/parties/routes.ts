import { z } from 'zod'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { toRatingScale } from '../../core/base/money.ts'
import type { Engine } from '../../engine/index.ts'
import { listOf } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, WriteContext } from '../../platform/tenant.ts'
import { importReport } from './answers.ts'
import { importCustomers } from './bulk-import.ts'
import { expand, expandQuery } from './expand.ts'
import type { Row, Shown, ThingKind } from './kind.ts'
import { listKind, queryOf } from './lists.ts'
import * as store from './store.ts'
import { changeThing, createThing, type ThingDraft } from './things.ts'

const IMPORT_BODY_LIMIT = 8 * 1024 * 1024

/** A limit cannot be lowered below what is used of it: that would be a debt that nobody allowed. */
async function assertLimitFits(engine: Engine, { tenant, nowMs }: WriteContext, account: store.Account): Promise<void> {
  const { id, currency, creditLimitMinor } = account
  const report = creditLimitMinor === null ? null : await engine.balancesOf(tenant.name, id, nowMs)
  if (report === null) return
  const { owed, overrun, creditHeld } = report.balances
  const { ratingScale } = currencyOf(currency)
  const used = owed - overrun + creditHeld
  if (used <= toRatingScale(BigInt(creditLimitMinor ?? '0'), currency)) return
  throw new Refusal(
    'conflict',
    `${formatScaled(used, ratingScale)} ${currency} of the credit is in use; settle it first`,
  )
}

/** Credit is money: who keeps the data of customers may lower a limit, but not lift one. */
function assertMayLift(before: store.Account, after: store.Account, scopes: readonly string[]): void {
  const [from, to] = [before.creditLimitMinor, after.creditLimitMinor]
  const isLifted = from !== null && (to === null || BigInt(to) > BigInt(from))
  if (isLifted && !scopes.includes('balances:write'))
    throw new Refusal('forbidden', 'creditLimit: to lift it, the key needs the scope balances:write, too')
}

async function toView({ db, nowMs }: Pick<ReadContext, 'db' | 'nowMs'>, kind: ThingKind, row: Row): Promise<Shown> {
  return (await kind.view(db, [row], nowMs))[0] as Shown
}

/** Create, list, read and change: the same four routes for each kind. */
function routesOf(kind: ThingKind, engine: Engine): Route[] {
  const tag = 'Customers'
  const { name, schema, changes, answer, expansions } = kind
  const url = `/v1/${name}s`
  const byReference = z.object({ reference: z.string().min(1).max(128) })
  return [
    writeRoute({
      url,
      scope: 'customers:write',
      tag,
      summary: `Create: ${name}`,
      status: 201,
      body: schema as unknown as z.ZodType<ThingDraft>,
      answer,
      handle: async (context, { body }) => {
        const { row, accountId } = await createThing(context.db, kind, body, context.nowMs)
        if (accountId !== null) context.afterCommit({ kind: 'reload accounts', accountIds: [accountId] })
        return toView(context, kind, row)
      },
    }),
    readRoute({
      url,
      scope: 'customers:read',
      tag,
      summary: `List: ${name}`,
      query: queryOf(kind),
      answer: listOf(answer),
      handle: async (context, { query }, { caller }) => {
        const { db, nowMs } = context
        const page = await listKind(db, kind, query, nowMs)
        return { ...page, items: await expand(context, caller, expansions, page.items, query.expand) }
      },
    }),
    readRoute({
      url: `${url}/{reference}`,
      scope: 'customers:read',
      tag,
      summary: `Read by id or key: ${name}`,
      params: byReference,
      query: z.object(expandQuery(expansions)),
      answer,
      handle: async (context, { params, query }, { caller }) => {
        const found = await toView(context, kind, await store.getThing(context.db, name, params.reference))
        return (await expand(context, caller, expansions, [found], query.expand))[0]
      },
    }),
    writeRoute({
      method: 'PATCH',
      url: `${url}/{reference}`,
      scope: 'customers:write',
      tag,
      summary: `Change: ${name}`,
      params: byReference,
      body: changes as z.ZodType<object>,
      answer,
      handle: async (context, { params, body }, { caller }) => {
        const before = name === 'account' ? await store.getRow(context.db, 'account', params.reference) : null
        const { row, accountId } = await changeThing(context.db, kind, params.reference, body, context.nowMs)
        if (before !== null) assertMayLift(before, row as store.Account, caller.scopes)
        if (before !== null && 'creditLimit' in body) await assertLimitFits(engine, context, row as store.Account)
        if (accountId !== null) context.afterCommit({ kind: 'reload accounts', accountIds: [accountId] })
        return toView(context, kind, row)
      },
    }),
  ]
}

/** @param kinds of all modules, in the order in which the row of a file makes them */
export function partyRoutes(engine: Engine, kinds: readonly ThingKind[]): Route[] {
  return [
    ...kinds.flatMap((kind) => routesOf(kind, engine)),
    writeRoute({
      url: '/v1/customer-imports',
      scope: 'customers:write',
      tag: 'Customers',
      summary: 'Create many from CSV',
      bodyLimit: IMPORT_BODY_LIMIT,
      body: z.strictObject({ csv: z.string().min(1) }),
      answer: importReport(kinds.map(({ name }) => name)),
      handle: async (context, { body }) => {
        const { accountIds, ...report } = await importCustomers(context.db, kinds, body.csv, context.nowMs)
        context.afterCommit({ kind: 'reload accounts', accountIds })
        return report
      },
    }),
  ]
}
