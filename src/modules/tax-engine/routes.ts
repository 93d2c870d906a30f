import { z } from 'zod'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { accountNames, accountQuery, accountsNamed, ofAccount, ofAccounts } from '../parties/index.ts'
import type { TaxAnswer } from './answers.ts'

const state = z.enum(['asked', 'answered', 'own_rules'])
const answer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    engine: z.string(),
    taxClass: z.string(),
    suppliedOn: z.iso.date(),
    state: state.describe('`own_rules`: the engine did not answer in time, and the own rules of Kvit did'),
    taxes: z
      .array(z.strictObject({ name: z.string(), place: z.string(), percent: z.string().nullable() }))
      .nullable()
      .describe('Null as long as there is no answer'),
    why: z.string().nullable(),
    reference: z.string().nullable().describe('The name that the engine gave its answer'),
    reason: z.string().nullable().describe('Why it did not answer, the last time that it was asked'),
    askedAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'TaxAnswer' })

export function taxAnswerRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/tax-answers',
      scope: 'catalog:read',
      tag: 'Tax',
      summary: 'What an engine of tax outside was asked and has said: how supplies of a class are taxed on a day',
      query: z.object({ ...listQuery, ...accountQuery, state: state.optional() }),
      answer: listOf(answer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<TaxAnswer>(db, query, {
          table: 'taxAnswer',
          madeAt: 'askedAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => having(rows, { 'row.state': query.state }),
        })
        const names = await accountNames(
          db,
          page.items.map(({ accountId }) => accountId),
        )
        return { ...page, items: page.items.map((row) => ({ ...view(row), ...names.get(row.accountId) })) }
      },
    }),
  ]
}

function view({ decision, ...row }: TaxAnswer): object {
  const { id, accountId, engine, taxClass, suppliedOn, reference, reason, askedAt, answeredAt } = row
  return {
    ...{ id, accountId, engine, taxClass, suppliedOn, state: row.state },
    taxes: decision?.taxes.map(({ name, place, percent }) => ({ name, place, percent })) ?? null,
    ...{ why: decision?.why ?? null, reference, reason, askedAt, answeredAt },
  }
}
