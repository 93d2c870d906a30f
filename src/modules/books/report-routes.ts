import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { AGES, agedSums, ageOf, type OpenItem } from '../../core/books/ageing.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import type { EngineReads } from '../../engine/index.ts'
import { day as dayInput } from '../../platform/http/dates.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { accountNames, getRow } from '../parties/index.ts'
import { amount, code, day } from './answers.ts'
import { type CodeSums, computingOpen, dayAfter, linesOf, reportDay, sumsOf } from './books-lines.ts'
import { getBooks } from './issuer-books.ts'
import { openItems } from './open-items.ts'
import { type Books, listGlAccounts } from './store.ts'
import { waterfall } from './waterfall.ts'

const byIssuer = z.object({ issuer: reference })
const asOf = dayInput.optional().describe('The last day that counts, of the zone of the books; today when absent')
const shared = { scope: 'ledger:read', tag: 'Books', params: byIssuer, aside: 'short' } as const
/** Lines of one answer. */
const MAX_LINES = 10_000

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

const line = z
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

const item = z.strictObject({
  ...{
    account: z.string(),
    customerName: z.string(),
    documentId: z.uuid(),
    number: z.string(),
    kind: z.string(),
    currency: z.string(),
  },
  ...{ issuedOn: day, dueOn: day, total: amount, open: amount.describe('Below zero for a credit'), age: z.enum(AGES) },
})

const ageSums = z.strictObject({ ...Object.fromEntries(AGES.map((age) => [age, amount])), total: amount } as Record<
  string,
  typeof amount
>)

export function reportRoutes(engine: EngineReads): Route[] {
  return [...ledgerReports(engine), ...openReports(), ...revenueReports(engine)]
}

function ledgerReports(engine: EngineReads): Route[] {
  return [
    readRoute({
      ...shared,
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
      ...shared,
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

function viewLine({ amountMinor, booksMinor, ...rest }: BookLine, books: Pick<Books, 'currency'>): object {
  return {
    ...rest,
    amount: formatMinor(amountMinor, rest.currency),
    booksAmount: formatMinor(booksMinor, books.currency),
  }
}

function openReports(): Route[] {
  return [
    readRoute({
      ...shared,
      url: '/v1/books/{issuer}/ageing',
      summary: 'What accounts owe as of a day by how long it is due, in each currency',
      query: z.object({ asOf }),
      answer: z.strictObject({
        asOf: day,
        items: z.array(
          z.strictObject({ account: z.string(), customerName: z.string(), currency: z.string(), ...ageSums.shape }),
        ),
        totals: z.array(z.strictObject({ currency: z.string(), ...ageSums.shape })),
      }),
      handle: async (context, { params, query }) => {
        const { until, items } = await itemsAsOf(context, params.issuer, query.asOf)
        const names = await accountNames(context.db, [...new Set(items.map(({ accountId }) => accountId))])
        const aged = (own: readonly OpenItem[], currency: string): object => {
          const sums = agedSums(own, until)
          const total = AGES.reduce((sum, age) => sum + sums[age], 0n)
          const shown = AGES.map((age) => [age, formatMinor(sums[age], currency)])
          return { currency, ...Object.fromEntries(shown), total: formatMinor(total, currency) }
        }
        const byAccount = Map.groupBy(items, ({ accountId, currency }) => `${accountId} ${currency}`)
        return {
          asOf: until,
          items: [...byAccount].map(([name, own]) => {
            const [accountId = '', currency = ''] = name.split(' ')
            return { ...nameOf(names, accountId), ...aged(own, currency) }
          }),
          totals: [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, own]) => aged(own, currency)),
        }
      },
    }),
    readRoute({
      ...shared,
      url: '/v1/books/{issuer}/open-items',
      summary:
        'Documents that are not settled as of a day, of one account or of all; the sum for one account is a confirmation of its balance',
      query: z.object({ asOf, account: reference.optional() }),
      answer: z.strictObject({
        asOf: day,
        items: z.array(item),
        totals: z.array(z.strictObject({ currency: z.string(), open: amount })),
        prepaid: z
          .array(z.strictObject({ currency: z.string(), amount }))
          .describe('Money that is there and has settled nothing yet'),
      }),
      handle: async (context, { params, query }) => {
        const account = query.account === undefined ? null : await getRow(context.db, 'account', query.account)
        const { books, until, items } = await itemsAsOf(context, params.issuer, query.asOf, account?.id ?? null)
        if (account !== null && account.issuerId !== books.issuerId)
          throw new Refusal('unprocessable', `account: ${account.key} is of another issuer`)
        if (items.length > MAX_LINES)
          throw new Refusal('unprocessable', `more than ${MAX_LINES} are open: name an account`)
        const names = await accountNames(context.db, [...new Set(items.map(({ accountId }) => accountId))])
        return {
          asOf: until,
          items: items.map(({ accountId, totalMinor, openMinor, ...rest }) => ({
            ...{ ...nameOf(names, accountId), ...rest, age: ageOf(rest.dueOn, until) },
            ...{ total: formatMinor(totalMinor, rest.currency), open: formatMinor(openMinor, rest.currency) },
          })),
          totals: [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, own]) => ({
            currency,
            open: formatMinor(
              own.reduce((sum, { openMinor }) => sum + openMinor, 0n),
              currency,
            ),
          })),
          prepaid: await prepaidOf(context, books, until, account?.id ?? null),
        }
      },
    }),
  ]
}

async function itemsAsOf(
  { db, nowMs }: ReadContext,
  issuer: string,
  day: string | undefined,
  accountId: string | null = null,
): Promise<{ books: Books; until: string; items: OpenItem[] }> {
  const { books } = await getBooks(db, issuer)
  const until = reportDay(books, day, nowMs)
  return { books, until, items: await openItems(db, books, startOfDayMs(dayAfter(until), books.zone), accountId) }
}

function nameOf(
  names: Awaited<ReturnType<typeof accountNames>>,
  accountId: string,
): { account: string; customerName: string } {
  const found = names.get(accountId)
  return { account: found?.account ?? accountId, customerName: found?.customerName ?? '' }
}

async function prepaidOf(
  { db }: ReadContext,
  { issuerId, zone }: Books,
  until: string,
  accountId: string | null,
): Promise<object[]> {
  let query = db
    .selectFrom('posting')
    .innerJoin('account', 'account.id', 'posting.accountId')
    .select(['posting.currency', (of) => of.fn.sum<string>('posting.amountMinor').as('sum')])
    .where('account.issuerId', '=', issuerId)
    .where('posting.ledgerAccount', '=', 'customer_prepaid')
    .where('posting.postedAt', '<', new Date(startOfDayMs(dayAfter(until), zone)))
    .groupBy('posting.currency')
  if (accountId !== null) query = query.where('posting.accountId', '=', accountId)
  return (await query.execute()).map(({ currency, sum }) => ({
    currency,
    amount: formatMinor(-BigInt(sum), currency as string),
  }))
}

function revenueReports(engine: EngineReads): Route[] {
  const months = z.record(z.string(), amount)
  return [
    readRoute({
      ...shared,
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
