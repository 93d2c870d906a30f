import { z } from 'zod'
import { pageQuery, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import type { PersonalRows } from '../module.ts'
import { eraseCustomer } from './erase.ts'
import { exportCustomer } from './export.ts'

const params = z.object({ reference: z.string().min(1).max(128).describe('The id or the key of a customer') })

const exported = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: z.string().describe('What it is, such as `payment`'),
      row: z.record(z.string(), z.unknown()).describe('As it is stored; amounts ending in _minor are in minor units'),
    }),
  ),
  nextCursor: z.string().nullable(),
})

const report = z
  .strictObject({
    customer: z.string(),
    isDone: z.boolean(),
    open: z.array(z.string()).describe('What has to be done first'),
    rows: z.array(
      z.strictObject({
        kind: z.string(),
        rows: z.int(),
        erased: z.array(z.string()).describe('The columns that are erased'),
        kept: z.string().describe('Why they, or what is left of them, stay'),
      }),
    ),
    elsewhere: z.array(z.strictObject({ where: z.string(), kept: z.string() })),
  })
  .meta({ id: 'ErasureReport' })

const tag = 'Customers'

/** What is read of a person, page by page; it reads much. */
export function personalReadRoutes(tables: readonly PersonalRows[]): Route[] {
  return [
    readRoute({
      url: '/v1/customers/{reference}/personal-data',
      scope: 'customers:erase',
      tag,
      aside: 'short',
      summary: 'Everything that is stored of a customer, but its usage: that is /v1/usage-records.csv',
      params,
      query: z.object({
        ...pageQuery,
        cursor: z.string().max(1_000).optional().describe('nextCursor of the page before'),
      }),
      answer: exported,
      handle: async ({ db }, { params: { reference }, query }) => exportCustomer(db, tables, reference, query),
    }),
  ]
}

export function personalRoutes(tables: readonly PersonalRows[]): Route[] {
  return [
    writeRoute({
      url: '/v1/customers/{reference}/erasure',
      scope: 'customers:erase',
      tag,
      summary:
        'Erase what need not be known of a customer any longer; documents stay. Says what went, what stays and why',
      params,
      body: z.strictObject({
        dryRun: z.boolean().default(false).describe('Say what would be erased, and change nothing'),
      }),
      answer: report,
      handle: async ({ db, nowMs }, { params: { reference }, body: { dryRun } }) =>
        eraseCustomer(db, tables, reference, dryRun, nowMs),
    }),
  ]
}
