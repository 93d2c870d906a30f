import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute } from '../../platform/http/route.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import type { Dispute } from './disputes.ts'

const amount = z.string().describe('A decimal of the currency')
const disputeAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    attemptId: z.uuid(),
    providerId: z.string().describe('The gateway’s own id of it'),
    state: z.enum(['open', 'won', 'lost']),
    currency: z.string(),
    amount,
    fee: amount.describe('What the gateway keeps for it'),
    paymentId: z.uuid().nullable().describe('Of one that was won: the payment that the money is again'),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PaymentDispute' })

export function disputeRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/payment-disputes',
      scope: 'payments:read',
      tag: 'Payment gateways',
      summary: 'Payments that payers dispute, and what became of that',
      query: z.object({ ...listQuery, ...accountQuery, state: z.enum(['open', 'won', 'lost']).optional() }),
      answer: listOf(disputeAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<Dispute>(db, query, {
          ...{ table: 'paymentDispute', madeAt: 'openedAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => having(rows, { 'row.state': query.state }),
        })
        const names = await accountNames(
          db,
          page.items.map(({ accountId }) => accountId),
        )
        const items = page.items.map((row) => {
          const { amountMinor, feeMinor, reversalId: _, ...dispute } = row
          const { currency } = dispute
          const [whole, fee] = [amountMinor, feeMinor].map((minor) => formatMinor(BigInt(minor), currency))
          return { ...dispute, ...(names.get(dispute.accountId) as AccountNames), amount: whole, fee }
        })
        return { ...page, items }
      },
    }),
  ]
}
