import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { pageQuery, type Route, readRoute, toPage } from '../../platform/http/route.ts'
import { trialBalance } from './service.ts'

export function ledgerRoutes(): Route[] {
  const tag = 'Ledger'
  return [
    readRoute({
      url: '/v1/ledger/trial-balance',
      scope: 'ledger:read',
      tag,
      summary: 'Debits and credits per ledger account and currency',
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
        ...pageQuery,
        document: z.uuid().optional(),
      }),
      handle: async ({ db }, { query }) => {
        let rows = db
          .selectFrom('posting')
          .selectAll()
          .orderBy('id')
          .limit(query.limit + 1)
        if (query.cursor !== undefined) rows = rows.where('id', '>', query.cursor)
        if (query.document !== undefined) rows = rows.where('documentId', '=', query.document)
        const page = toPage(
          (await rows.execute()) as {
            id: string
            amountMinor: string
            currency: string
          }[],
          query.limit,
        )
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
