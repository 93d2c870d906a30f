import { sql } from 'kysely'
import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { gatewayCash } from '../../core/ledger/templates.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { day } from '../../platform/http/dates.ts'
import {
  amountQuery,
  currencyQuery,
  type ListRows,
  listOf,
  listPage,
  listQuery,
  withAmounts,
  withText,
} from '../../platform/http/list-page.ts'
import {
  changedMetadata,
  changeMetadata,
  metadataQuery,
  newMetadata,
  shownMetadata,
  withMetadata,
} from '../../platform/http/metadata.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { approvalRequestAnswer, toRequestView } from '../approvals/index.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  expand,
  expandQuery,
  expansionsOfAccount,
  getRow,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { paymentMetadataChanged } from './events.ts'
import type { PaymentPorts } from './ports.ts'
import { listReversals, type PaymentReversal } from './reversal-store.ts'
import { leftOfPayment, reversePayment } from './reversals.ts'
import { paymentFields, paymentKey } from './schemas.ts'
import { recordPayment } from './service.ts'
import * as store from './store.ts'

const paymentDraft = z.strictObject({
  key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
  method: z.enum(['cash', 'bank']),
  ...paymentFields,
  metadata: newMetadata,
})

const paymentQuery = z.object({
  ...listQuery,
  ...accountQuery,
  state: z.enum(['received', 'reversed']).optional(),
  method: z
    .string()
    .regex(/^(cash|bank|write_off|deposit|refund_kept|(gateway|desk):[a-z0-9-]{1,40})$/)
    .optional()
    .describe(
      '`cash`, `bank`, `write_off`, `deposit`, `refund_kept`, that of a payment provider or a network of terminals, `gateway:stripe`, or of a cash desk, `desk:front`',
    ),
  currency: currencyQuery,
  from: day.optional().describe('Received on this day or later'),
  until: day.optional().describe('Received before this day'),
  ...amountQuery('minAmount', 'maxAmount'),
  ...metadataQuery,
  ...expandQuery(expansionsOfAccount),
})
type PaymentQuery = z.output<typeof paymentQuery>

const byReference = z.object({ reference: z.string().min(1).max(128).describe('An id or a key') })
const reversalDraft = z.strictObject({
  reason: z.string().min(1).max(500).describe('Why it is taken back, such as "bounced"'),
})

const paymentAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...ofAccount,
    method: z.string(),
    currency: z.string(),
    amount: z.string().describe('A decimal of the currency'),
    receivedOn: z.iso.date(),
    reference: z.string().nullable(),
    state: z.enum(['received', 'reversed']).describe('Reversed once nothing is left of it'),
    takenBack: z
      .string()
      .describe('What was taken back of it: by a reversal, chargebacks, refunds of what it did not need'),
    metadata: shownMetadata,
    createdAt: z.iso.datetime(),
    reversal: z
      .strictObject({ id: z.uuid(), reason: z.string(), createdAt: z.iso.datetime() })
      .nullable()
      .describe('The last one, once all of it was taken back'),
    approvalRequest: approvalRequestAnswer
      .optional()
      .describe('Where its reversal was asked for and waits for another person'),
  })
  .meta({ id: 'Payment' })

function toView(payment: store.Payment, taken: readonly PaymentReversal[], names: AccountNames): object {
  const { id, key, accountId, method, currency, receivedOn, reference, metadata, createdAt } = payment
  const amount = formatMinor(BigInt(payment.amountMinor), currency)
  const leftMinor = leftOfPayment(payment, taken)
  const takenBack = formatMinor(BigInt(payment.amountMinor) - leftMinor, currency)
  const last = leftMinor === 0n ? taken.at(-1) : undefined
  const reversed = last === undefined ? null : { id: last.id, reason: last.reason, createdAt: last.createdAt }
  const state = reversed === null ? 'received' : 'reversed'
  const facts = { id, key, accountId, method, currency, receivedOn, reference, state, metadata, createdAt, amount }
  return { ...facts, ...names, takenBack, reversal: reversed }
}

async function toViews(db: Database, payments: readonly store.Payment[]): Promise<object[]> {
  const found = await listReversals(
    db,
    payments.map(({ id }) => id),
  )
  const names = await accountNames(
    db,
    payments.map(({ accountId }) => accountId),
  )
  const reversals = Map.groupBy(found, ({ paymentId }) => paymentId)
  return payments.map((payment) =>
    toView(payment, reversals.get(payment.id) ?? [], present(names.get(payment.accountId), 'an account')),
  )
}

async function viewOne(db: Database, payment: store.Payment): Promise<object> {
  return (await toViews(db, [payment]))[0] as object
}

function subjectOf(
  { id: subjectId, key: subjectKey, accountId, currency }: store.Payment,
  amountMinor: bigint,
  reason: string,
): Parameters<PaymentPorts['askReversal']>[1] {
  return { kind: 'payment', subjectId, subjectKey, accountId, currency, amountMinor, reason }
}

export function paymentRoutes(ports: PaymentPorts): Route[] {
  const tag = 'Payments'
  return [
    writeRoute({
      url: '/v1/payments',
      scope: 'payments:write',
      tag,
      summary: 'Record a payment; it settles the oldest invoices first',
      status: 201,
      body: paymentDraft,
      answer: paymentAnswer,
      handle: async (context, { body, idempotencyKey }) => {
        const { db, nowMs } = context
        const key = body.key ?? idempotencyKey
        if (key === undefined)
          throw new Refusal('idempotency_key_required', 'a payment needs a key, in the body or as Idempotency-Key')
        const account = await getRow(db, 'account', body.account)
        const receivedOn = body.receivedOn ?? dayOf(nowMs, account.zone)
        context.afterCommit({ kind: 'apply to balances', accountId: account.id })
        const draft = { ...body, key, receivedOn, isDated: body.receivedOn !== undefined }
        const payment = await recordPayment(db, account.id, draft, ports.receivables, nowMs)
        return viewOne(db, payment)
      },
    }),
    writeRoute({
      url: '/v1/payments/{reference}/reversal',
      scope: 'payments:write',
      tag,
      summary:
        'Take a payment back, with a reason: what it settled is open again; once, and nothing is edited. Above the limit of the settings it waits for another person: the answer has the request',
      status: 201,
      params: byReference,
      body: reversalDraft,
      answer: paymentAnswer,
      handle: async (context, { params, body }, request) => {
        const { db, nowMs } = context
        const payment = await store.getPayment(db, params.reference)
        context.afterCommit({ kind: 'apply to balances', accountId: payment.accountId })
        const { reason } = body
        if (isOfGateway(payment))
          throw new Refusal(
            'conflict',
            'a payment provider has the money: pay back what the payment did not need (POST /v1/payments/{reference}/refunds), or credit the document and refund that',
          )
        const leftMinor = leftOfPayment(payment, await listReversals(db, [payment.id]))
        const waiting =
          leftMinor > 0n
            ? await ports.askReversal(db, subjectOf(payment, leftMinor, reason), request.caller, nowMs)
            : null
        if (waiting !== null) return { ...(await viewOne(db, payment)), approvalRequest: toRequestView(waiting, nowMs) }
        await reversePayment(db, payment, { reason, reversedBy: request.caller.id }, ports.receivables, nowMs)
        return viewOne(db, payment)
      },
    }),
    readRoute({
      url: '/v1/payments/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'Read a payment by id or key',
      params: byReference,
      query: z.object(expandQuery(expansionsOfAccount)),
      answer: paymentAnswer,
      handle: async (context, { params, query }, { caller }) => {
        const found = await viewOne(context.db, await store.getPayment(context.db, params.reference))
        return (await expand(context, caller, expansionsOfAccount, [found], query.expand))[0]
      },
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/payments/{reference}',
      scope: 'payments:write',
      tag,
      summary: 'Change the metadata of a payment; the rest of it never changes',
      params: byReference,
      body: z.strictObject({ metadata: changedMetadata }),
      answer: paymentAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { id, accountId, key } = await store.getPayment(db, params.reference)
        await changeMetadata(db, 'payment', [id], body.metadata)
        await publish(db, [eventOf(paymentMetadataChanged, { objectId: id, accountId }, { key })], nowMs)
        return viewOne(db, await store.getPayment(db, id))
      },
    }),
    readRoute({
      url: '/v1/payments',
      scope: 'payments:read',
      tag,
      summary: 'List payments',
      query: paymentQuery,
      answer: listOf(paymentAnswer),
      handle: async (context, { query }, { caller }) => {
        const { db } = context
        const page = await listPage<store.Payment>(db, query, {
          table: 'payment',
          madeAt: 'createdAt',
          narrow: await narrowedTo(db, query),
          keep: (rows) => kept(rows, query, schemaOf(db)),
        })
        const items = await toViews(db, page.items)
        return { ...page, items: await expand(context, caller, expansionsOfAccount, items, query.expand) }
      },
    }),
  ]
}

async function narrowedTo(db: Database, query: PaymentQuery): Promise<(rows: ListRows) => ListRows> {
  const accountIds = await accountsNamed(db, query)
  return (rows) => withMetadata(ofAccounts(rows, accountIds), query.metadata)
}

/** Its money is with a payment provider: what becomes of it there is what is recorded here. */
function isOfGateway({ method }: store.Payment): boolean {
  return method.startsWith(gatewayCash(''))
}

function kept(rows: ListRows, query: PaymentQuery, schema: string): ListRows {
  const { state, method, currency, from, until, minAmount, maxAmount, text } = query
  let found = withAmounts(rows, 'amountMinor', { minAmount, maxAmount }, currency)
  if (method !== undefined) found = found.where('row.method', '=', method)
  if (currency !== undefined) found = found.where('row.currency', '=', currency)
  if (from !== undefined) found = found.where('row.receivedOn', '>=', from)
  if (until !== undefined) found = found.where('row.receivedOn', '<', until)
  if (state !== undefined) {
    const left = sql<boolean>`("row".amount_minor > coalesce((select sum(amount_minor) from ${sql.id(schema, 'payment_reversal')} where payment_id = "row".id), 0))`
    found = found.where(left, '=', state === 'received')
  }
  if (text === undefined) return found
  const named = found
    .innerJoin('account', 'account.id', 'row.accountId')
    .innerJoin('customer', 'customer.id', 'account.customerId')
  return withText(named, text, ['row.key', 'row.reference', 'account.key', 'customer.key', 'customer.name'])
}
