import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import { GL_KINDS } from '../../core/books/gl-rules.ts'
import { CHART, type LedgerAccountKind } from '../../core/ledger/chart.ts'
import { day as dayInput } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { policies } from './policies.ts'
import type { Books } from './store.ts'

/** What routes of books take and answer, for the description of the API. */

export const amount = z.string().describe('A decimal of the currency')
export const day = z.iso.date()
export const code = z.string().regex(/^[\x21-\x7e]{1,32}$/, 'a code has 1 to 32 visible ASCII characters')

export const glAccount = z.strictObject({ code, name: textUpTo(200), kind: z.enum(GL_KINDS) }).meta({ id: 'GlAccount' })

export const glRule = z
  .strictObject({
    ledger: z
      .enum(Object.keys(CHART) as [LedgerAccountKind, ...LedgerAccountKind[]])
      .describe('An account of Kvit: revenue, tax, cash, …'),
    detail: textUpTo(200)
      .nullable()
      .default(null)
      .describe(
        'What it is kept by: the code of a plan or coupon, `units:MB`, a tax such as `vat:DE:19`, a method of payment',
      ),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'write two capital letters such as DE')
      .nullable()
      .default(null),
    segment: textUpTo(128)
      .nullable()
      .default(null)
      .describe('The entry `segment` among the metadata of the account, or of its customer'),
    code,
  })
  .meta({ id: 'GlRule' })

export const chart = z.strictObject({
  accounts: z.array(glAccount),
  rules: z.array(glRule),
  unmapped: z.array(z.string()).describe('Accounts of Kvit for which no rule holds whatever they are kept by'),
})

export const books = z
  .strictObject({
    issuer: z.string().describe('Its key'),
    issuerId: z.uuid(),
    currency: z.string(),
    zone: z.string(),
    opensOn: day,
    openFrom: day.describe('The first day that is open'),
    policies,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Books' })

export const period = z
  .strictObject({
    id: z.uuid().nullable().describe('Null before it was ever closed'),
    from: day,
    until: day.describe('Not part of it'),
    state: z.enum(['open', 'closing', 'closed']),
    closings: z.int().describe('How often closing it was asked for'),
    lines: z.int().nullable(),
    digest: z.string().nullable().describe('SHA-256 over its lines and the digest of the period before'),
    notes: z.string().nullable().describe('What could not be computed'),
    error: z.string().nullable().describe('What closing it failed for'),
    changes: z.array(
      z.strictObject({
        kind: z.enum(['closed', 'reopened']),
        reason: z.string().nullable(),
        createdAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'AccountingPeriod' })

/** What all reports have in common. */
export const report = {
  scope: 'ledger:read',
  tag: 'Books',
  params: z.object({ issuer: reference }),
  aside: 'short',
} as const
export const asOf = dayInput
  .optional()
  .describe('The last day that counts, of the zone of the books; today when absent')
/** Lines of one answer. */
export const MAX_LINES = 10_000

export const line = z
  .strictObject({
    ...{ entryId: z.uuid(), day, template: z.string(), code: code.nullable(), ledgerAccount: z.string() },
    belongsOn: day.nullable().describe('The day that it is about, where its period was closed already'),
    ...{ accountId: z.uuid().nullable(), documentId: z.uuid().nullable(), postingId: z.uuid().nullable() },
    subject: z
      .string()
      .nullable()
      .describe('What it recognises: the line of a document (`line:` and its id), usage, or a pack of units'),
    ...{ currency: z.string(), amount, booksAmount: amount, rate: z.string().nullable() },
  })
  .meta({ id: 'BookLine' })

/** A line of the books as routes answer it. */
export function viewLine({ amountMinor, booksMinor, ...rest }: BookLine, books: Pick<Books, 'currency'>): object {
  return {
    ...rest,
    amount: formatMinor(amountMinor, rest.currency),
    booksAmount: formatMinor(booksMinor, books.currency),
  }
}
