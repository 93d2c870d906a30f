import { z } from 'zod'
import { toCsvCell } from '../../core/base/csv.ts'
import { formatMinor } from '../../core/base/money.ts'
import { day as dayInput } from '../../platform/http/dates.ts'
import { RawAnswer, type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { amount, day, report } from './answers.ts'
import { getBooks } from './issuer-books.ts'
import { ossRows, taxPosted, taxSums } from './tax-report.ts'

const row = z.strictObject({
  ...{ kind: z.string(), place: z.string(), category: z.string().describe('Of EN 16931'), rule: z.string() },
  ...{ percent: z.string().nullable(), perUnit: z.string().nullable(), currency: z.string(), documents: z.int() },
  ...{ base: amount, tax: amount },
})

const ossRow = z.strictObject({
  ...{ quarter: z.string(), memberState: z.string(), rate: z.string(), base: amount, tax: amount },
})

/** Taxes of documents, for returns. */
export function taxRoutes(): Route[] {
  return [
    readRoute({
      ...report,
      url: '/v1/books/{issuer}/taxes',
      summary: 'Taxes of the documents of some days by place and rate, with what they are on; the ledger has the same',
      query: z.object({ from: dayInput, until: dayInput.describe('The last day') }),
      answer: z.strictObject({
        ...{ from: day, until: day, items: z.array(row) },
        totals: z.array(z.strictObject({ currency: z.string(), tax: amount, ledger: amount, difference: amount })),
      }),
      handle: async (context, { params, query: { from, until } }) => {
        const { books } = await getBooks(context.db, params.issuer)
        if (from > until) throw new Refusal('unprocessable', 'until: a day before from')
        const sums = await taxSums(context, books, from, until)
        const posted = await taxPosted(context, books, from, until)
        const currencies = new Set([...sums.map(({ currency }) => currency), ...posted.keys()])
        return {
          ...{ from, until },
          items: sums.map(({ baseMinor, taxMinor, ...rest }) => ({
            ...rest,
            ...{ base: formatMinor(baseMinor, rest.currency), tax: formatMinor(taxMinor, rest.currency) },
          })),
          totals: [...currencies].sort().map((currency) => {
            const tax = sums.reduce((sum, one) => (one.currency === currency ? sum + one.taxMinor : sum), 0n)
            const ledger = posted.get(currency) ?? 0n
            const [shown, booked, difference] = [tax, ledger, tax - ledger].map((minor) => formatMinor(minor, currency))
            return { currency, tax: shown as string, ledger: booked as string, difference: difference as string }
          }),
        }
      },
    }),
    streamRoute({
      ...report,
      url: '/v1/books/{issuer}/oss',
      summary: 'What is declared in the one-stop shop for a quarter: by member state of consumption and rate, in euro',
      query: z.object({
        quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'write a quarter such as 2026-Q1'),
        format: z.enum(['json', 'csv']).default('json'),
      }),
      answer: z.strictObject({ items: z.array(ossRow) }),
      handle: async (context, { params, query }) => {
        const { books } = await getBooks(context.db, params.issuer)
        const items = (await ossRows(context, books, query.quarter)).map(({ baseMinor, taxMinor, ...rest }) => ({
          ...rest,
          ...{ base: formatMinor(baseMinor, 'EUR'), tax: formatMinor(taxMinor, 'EUR') },
        }))
        if (query.format === 'json') return { items }
        const cells = items.map(({ quarter, memberState, rate, base, tax }) => [
          quarter,
          memberState,
          rate,
          base,
          tax,
          'EUR',
        ])
        const rows = [['quarter', 'memberState', 'rate', 'base', 'tax', 'currency'], ...cells]
        const headers = { 'content-disposition': `attachment; filename="oss-${query.quarter}.csv"` }
        return new RawAnswer(
          'text/csv; charset=utf-8',
          `${rows.map((cell) => cell.map(toCsvCell).join(',')).join('\n')}\n`,
          headers,
        )
      },
    }),
  ]
}
