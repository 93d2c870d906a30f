import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { AGES, agedSums, ageOf, type OpenItem } from '../../core/books/ageing.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { type Account, accountNames, getRow } from '../parties/index.ts'
import { amount, asOf, day, MAX_LINES, report } from './answers.ts'
import { dayAfter, reportDay } from './books-lines.ts'
import { getBooks } from './issuer-books.ts'
import { openItems } from './open-items.ts'
import type { Books } from './store.ts'

const item = z.strictObject({
  ...{
    account: z.string(),
    customerName: z.string(),
    documentId: z.uuid(),
    number: z.string(),
    kind: z.string(),
    currency: z.string(),
  },
  ...{
    issuedOn: day,
    dueOn: day,
    total: amount,
    open: amount.describe('Below zero for a credit'),
    disputed: amount.describe('What of that the customer disputed on the day'),
    age: z.enum(AGES),
  },
})

const ageSums = z.strictObject({
  ...Object.fromEntries(AGES.map((age) => [age, amount])),
  total: amount,
  disputed: amount.describe('What of the total customers disputed on the day'),
} as Record<string, typeof amount>)

/** What accounts owe as of a day. */
export function openItemRoutes(): Route[] {
  return [
    readRoute({
      ...report,
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
          const disputed = own.reduce((sum, { disputedMinor }) => sum + disputedMinor, 0n)
          const sumsOf = { total: formatMinor(total, currency), disputed: formatMinor(disputed, currency) }
          return { currency, ...Object.fromEntries(shown), ...sumsOf }
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
      ...report,
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
        const { books, until, items } = await itemsAsOf(context, params.issuer, query.asOf, account)
        if (items.length > MAX_LINES)
          throw new Refusal('unprocessable', `more than ${MAX_LINES} are open: name an account`)
        const names = await accountNames(context.db, [...new Set(items.map(({ accountId }) => accountId))])
        return {
          asOf: until,
          items: items.map(({ accountId, totalMinor, openMinor, disputedMinor, ...rest }) => ({
            ...{ ...nameOf(names, accountId), ...rest, age: ageOf(rest.dueOn, until) },
            ...{ total: formatMinor(totalMinor, rest.currency), open: formatMinor(openMinor, rest.currency) },
            disputed: formatMinor(disputedMinor, rest.currency),
          })),
          totals: [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, own]) => ({
            currency,
            open: formatMinor(
              own.reduce((sum, { openMinor }) => sum + openMinor, 0n),
              currency,
            ),
          })),
          prepaid: (await prepaidOf(context, books, until, account?.id ?? null)).map(({ currency, amountMinor }) => ({
            currency,
            amount: formatMinor(amountMinor, currency),
          })),
        }
      },
    }),
  ]
}

/** What is open at the end of a day. @throws Refusal where the account is of another issuer */
export async function itemsAsOf(
  { db, nowMs }: ReadContext,
  issuer: string,
  day: string | undefined,
  account: Pick<Account, 'id' | 'key' | 'issuerId'> | null = null,
): Promise<{ books: Books; until: string; items: OpenItem[] }> {
  const { books } = await getBooks(db, issuer)
  if (account !== null && account.issuerId !== books.issuerId)
    throw new Refusal('unprocessable', `account: ${account.key} is of another issuer`)
  const until = reportDay(books, day, nowMs)
  const beforeMs = startOfDayMs(dayAfter(until), books.zone)
  return { books, until, items: await openItems(db, books, beforeMs, account?.id ?? null) }
}

function nameOf(
  names: Awaited<ReturnType<typeof accountNames>>,
  accountId: string,
): { account: string; customerName: string } {
  const found = names.get(accountId)
  return { account: found?.account ?? accountId, customerName: found?.customerName ?? '' }
}

/** Money of accounts that is there at the end of a day and has settled nothing yet. */
export async function prepaidOf(
  { db }: ReadContext,
  { issuerId, zone }: Books,
  until: string,
  accountId: string | null,
): Promise<{ currency: string; amountMinor: bigint }[]> {
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
    currency: currency as string,
    amountMinor: -BigInt(sum),
  }))
}
