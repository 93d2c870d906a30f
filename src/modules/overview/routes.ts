import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { PARTITION, recentUsage } from '../../engine/index.ts'
import { MOST_COUNTED } from '../../platform/count-up-to.ts'
import type { Database } from '../../platform/db.ts'
import type { Scope } from '../../platform/http/route.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { BriefMemory } from '../../platform/lookups.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { prepaidHeld } from '../ledger/index.ts'
import type { Attention } from '../module.ts'
import { owedInAll } from '../receivables/index.ts'
import { moneyOfDays } from './money-days.ts'

/** How long what is owed in all is believed: it is read from all documents. */
const BELIEVED_MS = 60_000
/** Tenants whose answers are kept. */
const MAX_KEPT = 1_000

const amount = z.string().describe('A decimal of the currency, exact')
const overview = z
  .strictObject({
    asOf: z.iso.datetime(),
    attention: z
      .array(
        z.strictObject({
          code: z.string().describe('Such as `suspense`: a name that stays'),
          meaning: z.string(),
          count: z.int().describe(`${MOST_COUNTED + 1} is more than ${MOST_COUNTED}`),
        }),
      )
      .describe('What waits for a person, and is of the caller’s scopes; what has nothing is told, too'),
    money: z
      .array(
        z.strictObject({
          day: z.iso.date().describe('In UTC'),
          currency: z.string(),
          billed: amount
            .nullable()
            .describe('Of documents issued, with tax, less credit notes; null without invoices:read'),
          collected: amount.nullable().describe('Payments less reversals; null without payments:read'),
        }),
      )
      .describe('Days of the last 31 on which anything was billed or collected, oldest first'),
  })
  .meta({ id: 'Overview' })

const usageMinutes = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          minute: z.iso.datetime(),
          received: z.int(),
          charged: z.int(),
          suspended: z.int(),
          duplicates: z.int(),
        }),
      )
      .describe('Minutes of the last hour, by the real clock, in which usage came'),
  })
  .meta({ id: 'UsageMinutes' })

const standing = z
  .strictObject({
    asOf: z.iso.datetime().describe('At most a minute ago'),
    items: z.array(
      z.strictObject({
        currency: z.string(),
        open: amount.describe('Of issued documents, what is not settled'),
        overdue: amount.describe('Of these, what was due before today'),
        openDocuments: z.int(),
        overdueDocuments: z.int(),
        prepaid: amount.describe('Money of customers that is held: prepaid, and payments that have nothing to settle'),
      }),
    ),
  })
  .meta({ id: 'Standing' })

export function overviewRoutes(attention: readonly Attention[]): Route[] {
  return [
    readRoute({
      url: '/v1/overview',
      // Every role has one of both; each part is shown to who has its scope.
      ...{ scope: 'usage:read', orScope: 'payments:read', tag: 'Overview' },
      summary: 'What was billed and collected day by day, and what waits for a person',
      answer: overview,
      handle: async (context, _input, { caller: { scopes } }) => ({
        asOf: new Date(context.nowMs).toISOString(),
        attention: await attentionFor(context.db, attention, scopes),
        money: await moneyFor(context, scopes),
      }),
    }),
    readRoute({
      url: '/v1/usage-minutes',
      ...{ scope: 'usage:read', tag: 'Overview' },
      summary: 'What came of usage in the last hour, minute by minute',
      answer: usageMinutes,
      handle: async ({ db, tenant }) => ({
        items: await minutes.get(tenant.name, async () => recentUsage(db, tenant.schema, PARTITION)),
      }),
    }),
  ]
}

/** However many pages are open, a tenant's minutes are read once a second. */
const minutes = new BriefMemory<Awaited<ReturnType<typeof recentUsage>>>()

/** One after the other: a request has one connection. */
async function attentionFor(
  db: Database,
  attention: readonly Attention[],
  scopes: readonly Scope[],
): Promise<{ code: string; meaning: string; count: number }[]> {
  const counted = []
  for (const { code, scope, meaning, count } of attention)
    if (scopes.includes(scope)) counted.push({ code, meaning, count: await count(db) })
  return counted
}

async function moneyFor(context: ReadContext, scopes: readonly Scope[]): Promise<object[]> {
  const [seesBilled, seesCollected] = [scopes.includes('invoices:read'), scopes.includes('payments:read')]
  if (!seesBilled && !seesCollected) return []
  const rows = await moneyOfDays(context)
  return rows.map(({ day, currency, billedMinor, collectedMinor }) => ({
    ...{ day, currency },
    billed: seesBilled ? formatMinor(BigInt(billedMinor), currency) : null,
    collected: seesCollected ? formatMinor(BigInt(collectedMinor), currency) : null,
  }))
}

/** By the real clock: a test clock stands still. */
const standings = new BriefMemory<object>(BELIEVED_MS, MAX_KEPT)

export function standingRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/standing',
      ...{ scope: 'invoices:read', orScope: 'payments:read', tag: 'Overview' },
      aside: 'short',
      summary: 'What is open, overdue and held of all customers, by currency; as of a minute ago at most',
      answer: standing,
      handle: async ({ db, tenant, nowMs }) => {
        const today = dayOf(nowMs, 'UTC')
        const name = `${tenant.name} ${today} ${tenant.clockMs ?? ''}`
        return standings.get(name, async () => {
          const owed = await owedInAll(db, today)
          const held = await prepaidHeld(db)
          return { asOf: new Date(nowMs).toISOString(), items: standingOf(owed, held) }
        })
      },
    }),
  ]
}

function standingOf(owed: Awaited<ReturnType<typeof owedInAll>>, held: ReadonlyMap<string, string>): object[] {
  const none = { openMinor: '0', overdueMinor: '0', openDocuments: 0, overdueDocuments: 0 }
  const byCurrency = new Map(owed.map((row) => [row.currency, row]))
  return [...new Set([...byCurrency.keys(), ...held.keys()])].sort().map((currency) => {
    const { openMinor, overdueMinor, openDocuments, overdueDocuments } = byCurrency.get(currency) ?? none
    return {
      currency,
      open: formatMinor(BigInt(openMinor), currency),
      overdue: formatMinor(BigInt(overdueMinor), currency),
      ...{ openDocuments, overdueDocuments },
      prepaid: formatMinor(BigInt(held.get(currency) ?? '0'), currency),
    }
  })
}
