import { z } from 'zod'
import { anyOf, type Database } from '../../platform/db.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { preparedRoute, type Route, readRoute } from '../../platform/http/route.ts'
import { getRow, listByIds } from '../parties/index.ts'
import { askRegister, keepAnswers, type TaxIdCheck } from './ask-register.ts'
import type { TaxIdRegister } from './ports.ts'

const verdict = z.enum(['valid', 'invalid', 'no_answer'])
const check = z
  .strictObject({
    id: z.uuid(),
    customerId: z.uuid(),
    customer: z.string(),
    taxId: z.string(),
    register: z.string(),
    verdict,
    consultation: z
      .string()
      .nullable()
      .describe('The number that the register gave the question: proof that it was asked'),
    name: z.string().nullable().describe('Whose it is, where the register says so'),
    address: z.string().nullable(),
    reason: z.string().nullable().describe('Why there is no answer'),
    askedFor: z.string().nullable().describe('The tax id of the issuer that asked'),
    askedBy: z.string().describe('The id of the key or user that asked'),
    askedAt: z.iso.datetime(),
  })
  .meta({ id: 'TaxIdCheck' })

async function view(db: Database, rows: readonly TaxIdCheck[]): Promise<object[]> {
  const customers = await listByIds(db, 'customer', [...new Set(rows.map(({ customerId }) => customerId))])
  const keys = new Map(customers.map(({ id, key }) => [id, key]))
  return rows.map(({ id, customerId, ...row }) => ({ id, customerId, customer: keys.get(customerId), ...row }))
}

export function taxIdRoutes(register: TaxIdRegister): Route[] {
  const tag = 'Customers'
  return [
    preparedRoute({
      url: '/v1/customers/{reference}/tax-id-checks',
      scope: 'customers:write',
      tag,
      summary: 'Ask VIES whether the tax ids of a customer were given to anybody, and keep its answers as proof',
      status: 201,
      params: z.object({ reference }),
      body: z.strictObject({
        taxId: z.string().min(2).max(40).optional().describe('One of them; all when absent'),
        issuer: reference.optional().describe('Who asks: VIES gives a number, as proof, to who says that'),
      }),
      answer: z.strictObject({ items: z.array(check) }),
      prepare: async ({ db }, { params, body }) => askRegister(register, db, { customer: params.reference, ...body }),
      handle: async ({ db, nowMs }, { body: asked }, { caller }) => {
        const by = { register: register.name, askedBy: caller.id, nowMs }
        return { items: await view(db, await keepAnswers(db, asked, by)) }
      },
    }),
    readRoute({
      url: '/v1/tax-id-checks',
      scope: 'customers:read',
      tag,
      summary: 'What registers of tax ids said, and when',
      query: z.object({
        ...listQuery,
        customer: reference.optional().describe('Of this customer: its id or key'),
        verdict: verdict.optional(),
      }),
      answer: listOf(check),
      handle: async ({ db }, { query }) => {
        const { customer, verdict: said, text } = query
        const ids = customer === undefined ? undefined : [(await getRow(db, 'customer', customer)).id]
        const page = await listPage<TaxIdCheck>(db, query, {
          table: 'taxIdCheck',
          madeAt: 'askedAt',
          narrow: (rows) => (ids === undefined ? rows : rows.where('customerId', '=', anyOf(ids))),
          keep: (rows) => {
            const kept = having(rows, { 'row.verdict': said })
            return text === undefined ? kept : withText(kept, text, ['row.taxId', 'row.name'])
          },
        })
        return { ...page, items: await view(db, page.items) }
      },
    }),
  ]
}
