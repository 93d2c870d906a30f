import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { EngineReads } from '../../engine/index.ts'
import { day as dayInput } from '../../platform/http/dates.ts'
import { reference } from '../../platform/http/fields.ts'
import { pageQuery, type Route, readRoute } from '../../platform/http/route.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { PdfRenderer } from '../brands/index.ts'
import { getRow } from '../parties/index.ts'
import { amount, asOf, code, day, line, MAX_LINES, report, viewLine } from './answers.ts'
import { type CodeSums, computingOpen, linesOf, reportDay, sumsOf } from './books-lines.ts'
import { confirmationRoute } from './confirmation-route.ts'
import { exportRoutes } from './export-routes.ts'
import { getBooks } from './issuer-books.ts'
import { openItemRoutes } from './open-item-routes.ts'
import { pageOfRecognised } from './recognised-page.ts'
import { type Books, listGlAccounts } from './store.ts'
import { taxRoutes } from './tax-routes.ts'
import { waterfall } from './waterfall.ts'

const sides = { debit: amount, credit: amount, balance: amount.describe('A debit where positive') }
const balances = z.strictObject({
  ...{ issuer: z.string(), asOf: day, currency: z.string() },
  items: z.array(
    z.strictObject({
      code: code.nullable().describe('Null where no rule says one'),
      name: z.string().nullable(),
      ...sides,
      ledgerAccounts: z.array(z.strictObject({ ledgerAccount: z.string(), currency: z.string(), ...sides })),
    }),
  ),
  totals: z.strictObject({ debit: amount, credit: amount, difference: amount }),
  unmapped: z.array(z.string()),
  notes: z.array(z.string()).describe('What could not be computed'),
})

export function reportRoutes(engine: EngineReads, pdf: PdfRenderer): Route[] {
  return [
    ...ledgerReports(engine),
    ...openItemRoutes(),
    confirmationRoute(pdf),
    ...revenueReports(engine),
    ...taxRoutes(),
    ...exportRoutes(engine),
  ]
}

function ledgerReports(engine: EngineReads): Route[] {
  return [
    readRoute({
      ...report,
      url: '/v1/books/{issuer}/trial-balance',
      summary: 'Debits, credits and balance of each account of the general ledger as of a day; the difference is zero',
      query: z.object({
        asOf,
        from: dayInput.optional().describe('Of this day or later: turnover instead of balances'),
      }),
      answer: balances,
      handle: async (context, { params, query }) => {
        const { books, issuer } = await getBooks(context.db, params.issuer)
        const until = reportDay(books, query.asOf, context.nowMs)
        const notes: string[] = []
        const computing = await computingOpen(engine, context, books, until, (sentence) => void notes.push(sentence))
        const filter = { until, ...(query.from === undefined ? {} : { from: query.from }) }
        const sums = await sumsOf(context, books, computing, filter)
        return { issuer: issuer.key, asOf: until, ...(await viewBalances(context, books, sums)), notes }
      },
    }),
    readRoute({
      ...report,
      url: '/v1/books/{issuer}/lines',
      summary:
        'Lines of the books, oldest first, of an account of the general ledger, a customer or a document: an account sheet',
      query: z.object({
        asOf,
        from: dayInput.optional().describe('Of this day or later; what was before is the opening balance'),
        code: code.optional(),
        ledgerAccount: z.string().min(1).max(200).optional().describe('Of the chart of Kvit: `revenue:basic`'),
        account: reference.optional().describe('Of this billing account, where the ledger account is kept for each'),
        document: z.uuid().optional(),
      }),
      answer: z.strictObject({
        ...{ asOf: day, currency: z.string(), opening: amount, closing: amount, items: z.array(line) },
        isCut: z.boolean().describe(`There are more than ${MAX_LINES} lines: ask for fewer days`),
      }),
      handle: async (context, { params, query }) => {
        const { books } = await getBooks(context.db, params.issuer)
        const until = reportDay(books, query.asOf, context.nowMs)
        const accountId =
          query.account === undefined ? undefined : (await getRow(context.db, 'account', query.account)).id
        const named = { code: query.code, ledgerAccount: query.ledgerAccount, accountId, documentId: query.document }
        const set = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
        return sheet(engine, context, books, { until, ...set }, query.from)
      },
    }),
  ]
}

async function viewBalances({ db }: ReadContext, books: Books, sums: readonly CodeSums[]): Promise<object> {
  const { currency } = books
  const names = new Map((await listGlAccounts(db, books.issuerId)).map((account) => [account.code, account.name]))
  const shown = (debit: bigint, credit: bigint, of = currency): object => {
    return { debit: formatMinor(debit, of), credit: formatMinor(credit, of), balance: formatMinor(debit - credit, of) }
  }
  const total = (own: readonly CodeSums[], side: 'booksDebit' | 'booksCredit'): bigint =>
    own.reduce((all, one) => all + one[side], 0n)
  const items = [...Map.groupBy(sums, (one) => one.code)].map(([own, group]) => ({
    ...{ code: own, name: own === null ? null : (names.get(own) ?? null) },
    ...shown(total(group, 'booksDebit'), total(group, 'booksCredit')),
    ledgerAccounts: group.map(({ ledgerAccount, currency: of, debitMinor, creditMinor }) => ({
      ...{ ledgerAccount, currency: of },
      ...shown(debitMinor, creditMinor, of),
    })),
  }))
  const [debit, credit] = [total(sums, 'booksDebit'), total(sums, 'booksCredit')]
  const totals = {
    ...{ debit: formatMinor(debit, currency), credit: formatMinor(credit, currency) },
    difference: formatMinor(debit - credit, currency),
  }
  const unmapped = [...new Set(sums.filter((one) => one.code === null).map(({ ledgerAccount }) => ledgerAccount))]
  return { currency, items, totals, unmapped }
}

async function sheet(
  engine: EngineReads,
  context: ReadContext,
  books: Books,
  filter: Parameters<typeof linesOf>[3],
  from: string | undefined,
): Promise<object> {
  const computing = await computingOpen(engine, context, books, filter.until)
  let [opening, closing] = [0n, 0n]
  const items: object[] = []
  let isCut = false
  for await (const lines of linesOf(context, books, computing, filter))
    for (const one of lines) {
      closing += one.booksMinor
      if (from !== undefined && one.day < from) opening += one.booksMinor
      else if (items.length === MAX_LINES) isCut = true
      else items.push(viewLine(one, books))
    }
  const { currency } = books
  return {
    asOf: filter.until,
    currency,
    opening: formatMinor(opening, currency),
    closing: formatMinor(closing, currency),
    items,
    isCut,
  }
}

const recognised = z.strictObject({
  id: z.uuid(),
  subject: z.string().describe('`line:` and the id of a line, `usage:` and a counter, or `pack:` and the id of a sale'),
  ...{ documentId: z.uuid().nullable(), accountId: z.uuid(), ledgerAccount: z.string(), currency: z.string() },
  billedOn: day.nullable(),
  ...{
    net: amount,
    recognised: amount,
    late: amount.describe('Of that, what belongs to days of periods that were closed before'),
  },
  ...{ earned: amount.describe('In all, at the end'), deferred: amount, unbilled: amount },
})

function revenueReports(engine: EngineReads): Route[] {
  const months = z.record(z.string(), amount)
  return [
    readRoute({
      ...report,
      url: '/v1/books/{issuer}/periods/{from}/recognised',
      summary:
        'What a closed period has recognised of each line, usage and pack of units: behind the sums of deferred and unbilled revenue',
      params: z.object({ issuer: reference, from: dayInput }),
      query: z.object({ ...pageQuery, account: reference.optional() }),
      answer: z.strictObject({ items: z.array(recognised), nextCursor: z.uuid().nullable() }),
      handle: async ({ db }, { params, query }) => {
        const { books } = await getBooks(db, params.issuer)
        const accountId = query.account === undefined ? null : (await getRow(db, 'account', query.account)).id
        const rows = await pageOfRecognised(db, books, params.from, { ...query, accountId })
        const items = rows.map(
          ({ id, netMinor, recognisedMinor, lateMinor, earnedMinor, deferredMinor, unbilledMinor, ...row }) => {
            const { subject, documentId, ledgerAccount, currency, billedOn } = row
            const shown = (minor: string): string => formatMinor(BigInt(minor), currency)
            return {
              ...{
                id,
                subject,
                documentId,
                accountId: row.accountId,
                ledgerAccount,
                currency,
                billedOn,
                net: shown(netMinor),
              },
              ...{ recognised: shown(recognisedMinor), late: shown(lateMinor), earned: shown(earnedMinor) },
              ...{ deferred: shown(deferredMinor), unbilled: shown(unbilledMinor) },
            }
          },
        )
        return { items, nextCursor: items.length === query.limit ? (items.at(-1)?.id ?? null) : null }
      },
    }),
    readRoute({
      ...report,
      url: '/v1/books/{issuer}/deferred-revenue',
      summary:
        'Revenue by the month in which it was billed and those in which it is recognised, as of a day: a waterfall',
      query: z.object({ asOf }),
      answer: z.strictObject({
        asOf: day,
        items: z.array(
          z.strictObject({
            currency: z.string(),
            billedIn: z.string().nullable().describe('Null for usage that no document bills yet'),
            ...{ billed: amount, recognised: months, deferred: amount, unbilled: amount },
            future: months.describe('When what is deferred will be recognised; `when_used` where it follows from use'),
          }),
        ),
        totals: z.array(z.strictObject({ currency: z.string(), deferred: amount, unbilled: amount })),
      }),
      handle: async (context, { params, query }) => {
        const { books } = await getBooks(context.db, params.issuer)
        const until = reportDay(books, query.asOf, context.nowMs)
        const computing = await computingOpen(engine, context, books, until)
        const { items, totals } = await waterfall(context, books, computing, until)
        return { asOf: until, items, totals }
      },
    }),
  ]
}
