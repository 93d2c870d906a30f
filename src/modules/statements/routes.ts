import { z } from 'zod'
import { toCsvCell } from '../../core/base/csv.ts'
import type { EngineReads } from '../../engine/index.ts'
import { day } from '../../platform/http/dates.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { formatRating } from '../balances/index.ts'
import type { PdfRenderer } from '../brands/index.ts'
import { memberRoute } from './member-routes.ts'
import { receiptPaper, statementPaper } from './papers.ts'
import { type Statement, statementOf } from './service.ts'

/** Entries of a statement on paper: 100 pages, which take seconds and some hundred MB. */
const MAX_PRINTED = 5_000
const COLUMNS = ['date', 'kind', 'reference', 'description', 'amount', 'balance', 'total', 'currency']

const amount = z.string().describe('A decimal of the currency, exact')

/** What the account had, for the description of the API; tests compare answers with it. */
const answer = z
  .strictObject({
    account: z.string(),
    currency: z.string(),
    from: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    opening: amount,
    entries: z.array(
      z.strictObject({
        date: z.iso.date(),
        kind: z.enum(['usage', 'document', 'payment', 'balance']),
        reference: z.string().nullable(),
        description: z.string(),
        amount: amount.describe('Negative where the account has less by it'),
        balance: amount,
        total: z.string().nullable().describe('Of a document, as it is printed'),
      }),
    ),
    closing: amount,
    disputed: amount.describe('What of the open documents is disputed now'),
  })
  .meta({ id: 'Statement' })

export function statementRoutes(engine: EngineReads, pdf: PdfRenderer): Route[] {
  return [
    streamRoute({
      url: '/v1/accounts/{reference}/statement',
      scope: 'balances:read',
      tag: 'Statements',
      summary: 'What the account had, what came and went, and what it has; days of its zone, half-open',
      params: z.object({ reference: z.string() }),
      query: z.strictObject({
        from: day.optional().describe('First day; from the beginning when absent'),
        until: day.optional().describe('The day behind the last; up to now when absent'),
        format: z.enum(['json', 'csv', 'pdf']).default('json'),
      }),
      answer,
      aside: 'short',
      handle: async (context, { params, query }) => {
        const { from, until, format } = query
        if (from !== undefined && until !== undefined && from >= until)
          throw new Refusal('unprocessable', 'until: a day behind from')
        const statement = await statementOf(engine, context, params.reference, query)
        if (format === 'json') return toView(statement, query)
        if (format === 'csv') return new RawAnswer('text/csv; charset=utf-8', toCsv(statement, query))
        if (statement.entries.length > MAX_PRINTED)
          throw new Refusal(
            'unprocessable',
            `a statement of ${statement.entries.length} entries: print fewer days, or take CSV`,
          )
        const { page, logo } = await statementPaper(context, statement, query)
        return new RawAnswer('application/pdf', await pdf.render(page, { logo }))
      },
    }),
    streamRoute({
      url: '/v1/payments/{reference}/receipt',
      scope: 'payments:read',
      tag: 'Payments',
      summary: 'The receipt of a payment as PDF, with the documents that it has settled',
      params: z.object({ reference: z.string().min(1).max(128) }),
      aside: 'short',
      handle: async (context, { params }) => {
        const { page, logo } = await receiptPaper(context, params.reference)
        return new RawAnswer('application/pdf', await pdf.render(page, { logo }))
      },
    }),
    memberRoute(pdf),
  ]
}

interface Days {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

function toView({ account, opening, entries, closing, disputed }: Statement, { from, until }: Days): object {
  const { currency } = account
  const money = (amount: bigint): string => formatRating(amount, currency)
  return {
    account: account.key,
    currency,
    from: from ?? null,
    until: until ?? null,
    opening: money(opening),
    entries: entries.map(({ day, kind, reference, description, amount, balance, total }) => ({
      date: day,
      kind,
      reference,
      description,
      amount: money(amount),
      balance: money(balance),
      total,
    })),
    closing: money(closing),
    disputed: money(disputed),
  }
}

function toCsv({ account, opening, entries, closing }: Statement, { from = '', until = '' }: Days): string {
  const { currency } = account
  const money = (amount: bigint): string => formatRating(amount, currency)
  const rows = [
    COLUMNS,
    [from, 'opening', '', '', '', money(opening), '', currency],
    ...entries.map(({ day, kind, reference, description, amount, balance, total }) => [
      ...[day, kind, reference ?? '', description],
      ...[money(amount), money(balance), total ?? '', currency],
    ]),
    [until, 'closing', '', '', '', money(closing), '', currency],
  ]
  return `${rows.map((row) => row.map(toCsvCell).join(',')).join('\n')}\n`
}
