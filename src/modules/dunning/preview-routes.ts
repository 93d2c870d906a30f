import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { accountNames, accountQuery, accountsNamed } from '../parties/index.ts'
import { amount, previewItem, viewLook } from './answers.ts'
import { type Look, lookAt } from './look.ts'
import { latestDay, PAGE } from './run.ts'
import * as store from './store.ts'

const previewAnswer = z
  .strictObject({
    items: z.array(previewItem).describe('Accounts of the page of which something is overdue'),
    totals: z
      .array(
        z.strictObject({
          currency: z.string(),
          step: z.string(),
          action: z.string(),
          accounts: z.int(),
          amount: amount.describe('What is to be asked for of them'),
        }),
      )
      .describe('What would be done on the accounts of the page'),
    next: z.uuid().nullable().describe('`after` of the next page; null where there is none'),
  })
  .meta({ id: 'DunningPreview' })

/** What a policy would do, on all that is receivable: it reads much, and is worked on aside. */
export function previewRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/dunning-preview',
      scope: 'dunning:read',
      tag: 'Dunning',
      summary: 'What dunning would do today, by account and step with amounts; nothing is done',
      aside: 'short',
      query: z.object({
        ...accountQuery,
        policy: z
          .string()
          .max(128)
          .optional()
          .describe(
            'As if the last version of this policy, also a draft, were in force in place of the one of its key',
          ),
        after: z.uuid().optional().describe('`next` of the page before'),
      }),
      answer: previewAnswer,
      handle: async ({ db, nowMs }, { query }) => {
        const named = await accountsNamed(db, query)
        const page = { lastDay: latestDay(nowMs), after: query.after ?? null, limit: PAGE }
        const ids = named ?? (await store.accountsToLookAt(db, page))
        const looks = (await lookAt(db, ids, await policiesWith(db, query.policy), nowMs)).filter(isShown)
        const names = await accountNames(
          db,
          looks.map(({ account }) => account.id),
        )
        const items = looks.map((look) => ({ ...names.get(look.account.id), ...viewLook(look) }))
        return {
          items,
          totals: totalsOf(looks),
          next: named === undefined && ids.length === PAGE ? (ids.at(-1) ?? null) : null,
        }
      },
    }),
  ]
}

function isShown({ items, decision }: Look): boolean {
  return items.length > 0 || (decision !== null && decision.run !== 'none')
}

/** Those in force, the named one as its last version says. */
async function policiesWith(db: Database, key: string | undefined): Promise<store.PolicyRow[]> {
  const inForce = await store.policiesInForce(db)
  if (key === undefined) return inForce
  const named = await store.getPolicy(db, key)
  const others = inForce.filter((one) => one.key !== key)
  return [...others, named].sort((a, b) => a.content.order - b.content.order)
}

function totalsOf(looks: readonly Look[]): object[] {
  const steps = looks.flatMap(({ account, decision }) =>
    (decision?.due ?? []).map(({ id, action }) => {
      return { currency: account.currency, step: id, action, minor: decision?.askedMinor ?? 0n }
    }),
  )
  return [...Map.groupBy(steps, ({ currency, step, action }) => `${currency} ${action} ${step}`).values()].map(
    (own) => {
      const [{ currency, step, action }] = own as [(typeof own)[number]]
      const sum = own.reduce((all, { minor }) => all + minor, 0n)
      return { currency, step, action, accounts: own.length, amount: formatMinor(sum, currency) }
    },
  )
}
