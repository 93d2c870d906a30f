import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { currencyQuery, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import { trialBalance } from './service.ts'

const amount = z.string().describe('A decimal of the currency')
const sides = { currency: z.string(), debit: amount, credit: amount }
const trialBalanceAnswer = z.strictObject({
  items: z.array(z.strictObject({ ledgerAccount: z.string(), ...sides })),
  totals: z.array(z.strictObject({ ...sides, difference: amount })),
})

const posting = z
  .strictObject({
    id: z.uuid(),
    entryId: z.uuid().describe('The postings of an entry add up to zero'),
    template: z.string(),
    ledgerAccount: z.string(),
    accountId: z.uuid().nullable(),
    currency: z.string(),
    amount: amount.describe('A debit where positive'),
    documentId: z.uuid(),
    postedAt: z.iso.datetime(),
  })
  .meta({ id: 'Posting' })

export function ledgerRoutes(): Route[] {
  const tag = 'Ledger'
  return [
    readRoute({
      url: '/v1/ledger/trial-balance',
      scope: 'ledger:read',
      tag,
      summary: 'Debits and credits per ledger account and currency',
      answer: trialBalanceAnswer,
      handle: async ({ db }) => {
        const rows = await trialBalance(db)
        const sum = (currency: string, side: 'debitMinor' | 'creditMinor'): bigint =>
          rows.filter((row) => row.currency === currency).reduce((total, row) => total + BigInt(row[side]), 0n)
        const totals = [...new Set(rows.map(({ currency }) => currency))].map((currency) => ({
          currency,
          debit: formatMinor(sum(currency, 'debitMinor'), currency),
          credit: formatMinor(sum(currency, 'creditMinor'), currency),
          difference: formatMinor(sum(currency, 'debitMinor') - sum(currency, 'creditMinor'), currency),
        }))
        const items = rows.map(({ ledgerAccount, currency, debitMinor, creditMinor }) => ({
          ledgerAccount,
          currency,
          debit: formatMinor(BigInt(debitMinor), currency),
          credit: formatMinor(BigInt(creditMinor), currency),
        }))
        return {
          items,
          totals,
        }
      },
    }),
    readRoute({
      url: '/v1/ledger/postings',
      scope: 'ledger:read',
      tag,
      summary: 'List postings',
      query: z.object({
        ...listQuery,
        document: z.uuid().optional().describe('Of this invoice, payment or other document: its id'),
        ledgerAccount: z.string().min(1).max(64).optional(),
        currency: currencyQuery,
      }),
      answer: listOf(posting),
      handle: async ({ db }, { query }) => {
        const { document, ledgerAccount, currency, text } = query
        const page = await listPage<{ id: string; amountMinor: string; currency: string }>(db, query, {
          table: 'posting',
          madeAt: 'postedAt',
          narrow: (rows) => (document === undefined ? rows : rows.where('documentId', '=', document)),
          keep: (rows) => {
            const own = ledgerAccount === undefined ? rows : rows.where('row.ledgerAccount', '=', ledgerAccount)
            const kept = currency === undefined ? own : own.where('row.currency', '=', currency)
            return withText(kept, text, ['row.template', 'row.ledgerAccount'])
          },
        })
        return {
          ...page,
          items: page.items.map(({ amountMinor, ...row }) => ({
            ...row,
            amount: formatMinor(BigInt(amountMinor), row.currency),
          })),
        }
      },
    }),
  ]
}
