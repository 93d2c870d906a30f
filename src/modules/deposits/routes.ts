import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { accountNames, accountQuery, accountsNamed, getRow, ofAccount, ofAccounts } from '../parties/index.ts'
import { paymentKey } from '../payments/index.ts'
import { recordDeposit } from './service.ts'
import { type DepositEntry, heldMinor } from './store.ts'

const kinds = ['taken', 'applied', 'released'] as const
const amount = z.string().describe('A decimal of the currency')

const entryAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...ofAccount,
    kind: z.enum(kinds),
    currency: z.string(),
    amount,
    method: z.enum(['bank', 'cash']).nullable(),
    reason: z.string(),
    paymentId: z.uuid().nullable().describe('Of what was applied: the payment that settles the document'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'DepositEntry' })

const base = { key: paymentKey, account: reference, reason: textUpTo(500) }
const moved = { amount: amountText, method: z.enum(['bank', 'cash']) }
const draft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taken'), ...base, ...moved }),
  z.strictObject({ kind: z.literal('released'), ...base, ...moved }),
  z.strictObject({
    ...{ kind: z.literal('applied'), ...base, invoice: z.string().min(1).max(64).describe('An id or a number') },
    amount: amountText.optional().describe('All that is held unless set, at most what is open'),
  }),
])

async function view(db: Database, rows: readonly DepositEntry[]): Promise<object[]> {
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  return rows.map(({ id, key, accountId, kind, currency, amountMinor, method, reason, paymentId, createdAt }) => ({
    ...{
      id,
      key,
      accountId,
      ...names.get(accountId),
      kind,
      currency,
      amount: formatMinor(BigInt(amountMinor), currency),
    },
    ...{ method, reason, paymentId, createdAt },
  }))
}

export function depositRoutes(): Route[] {
  const tag = 'Payments'
  return [
    writeRoute({
      url: '/v1/deposit-entries',
      scope: 'payments:write',
      tag,
      summary: 'Take security of a customer, apply it to a document, or release it; it has no tax and is no revenue',
      status: 201,
      body: draft,
      answer: entryAnswer,
      handle: async (context, { body }, { caller }) => {
        const { db, nowMs } = context
        const { id: accountId } = await getRow(db, 'account', body.account)
        const { key, kind, reason, amount: wanted = null } = body
        const [method, invoice] = body.kind === 'applied' ? [null, body.invoice] : [body.method, null]
        const asked = { key, accountId, kind, amount: wanted, method, reason, invoice }
        const entry = await recordDeposit(db, asked, caller, nowMs)
        context.afterCommit({ kind: 'apply to balances', accountId })
        return (await view(db, [entry]))[0] as object
      },
    }),
    readRoute({
      url: '/v1/deposit-entries',
      scope: 'payments:read',
      tag,
      summary: 'What was taken, applied and released of deposits',
      query: z.object({ ...listQuery, ...accountQuery }),
      answer: listOf(entryAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<DepositEntry>(db, query, {
          table: 'depositEntry',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(rows, query.text, ['row.key', 'row.reason']),
        })
        return { ...page, items: await view(db, page.items) }
      },
    }),
    readRoute({
      url: '/v1/accounts/{reference}/deposit',
      scope: 'payments:read',
      tag,
      summary: 'What is held of an account',
      params: z.object({ reference }),
      answer: z.strictObject({ account: z.string(), currency: z.string(), held: amount }),
      handle: async ({ db }, { params }) => {
        const { id, key, currency } = await getRow(db, 'account', params.reference)
        const held = (await heldMinor(db, id)).get(id) ?? 0n
        return { account: key, currency, held: formatMinor(held, currency) }
      },
    }),
  ]
}
