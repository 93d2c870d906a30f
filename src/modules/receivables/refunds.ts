import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { refundDue, refundSent } from '../../core/ledger/templates.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { day } from '../../platform/http/dates.ts'
import { listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  getRow,
  lockAccount,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { refundIsDue, refundWasSent } from './events.ts'
import { findRefund, insertRefund, type Refund } from './refund-store.ts'

/** Notes that money of a credit note is to be paid back. The account's row is locked. */
export async function oweRefund(
  db: Database,
  {
    accountId,
    currency,
    creditNoteId,
    amountMinor,
  }: Pick<Refund, 'accountId' | 'currency' | 'creditNoteId'> & { readonly amountMinor: bigint },
  nowMs: number,
): Promise<string> {
  const id = newId()
  await insertRefund(db, {
    ...{ id, accountId, creditNoteId, currency, amountMinor: String(amountMinor), createdAt: new Date(nowMs) },
    ...{ method: null, reference: null, sentOn: null, sentAt: null, recordedBy: null },
  })
  await postEntry(db, 'refund_due', id, refundDue(accountId, currency, amountMinor), nowMs)
  const data = { creditNoteId, currency, amount: formatMinor(amountMinor, currency) }
  await publish(db, [eventOf(refundIsDue, { objectId: id, accountId }, data)], nowMs)
  return id
}

const amount = z.string().describe('A decimal of the currency')
const refundAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    creditNoteId: z.uuid(),
    currency: z.string(),
    amount,
    status: z.enum(['due', 'sent']),
    method: z.string().nullable(),
    reference: z.string().nullable(),
    sentOn: z.iso.date().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Refund' })

const sentDraft = z.strictObject({
  method: z.enum(['bank', 'cash', 'card', 'other']),
  reference: z.string().min(1).max(500).nullable().default(null).describe('Such as the number of the transfer'),
  sentOn: day.optional().describe('Today, by the zone of the account, when absent'),
})

function toView(
  { id, accountId, creditNoteId, currency, amountMinor, ...refund }: Refund,
  names: AccountNames,
): object {
  const { method, reference, sentOn, sentAt, createdAt } = refund
  const status = sentAt === null ? 'due' : 'sent'
  const amount = formatMinor(BigInt(amountMinor), currency)
  return { id, accountId, ...names, creditNoteId, currency, amount, status, method, reference, sentOn, createdAt }
}

async function toViews(db: Database, refunds: readonly Refund[]): Promise<object[]> {
  const names = await accountNames(
    db,
    refunds.map(({ accountId }) => accountId),
  )
  return refunds.map((refund) => toView(refund, names.get(refund.accountId) as AccountNames))
}

/** Records that a refund was sent; once, and the same again gives the same answer. */
async function recordSent(
  db: Database,
  id: string,
  draft: z.output<typeof sentDraft>,
  recordedBy: string,
  nowMs: number,
): Promise<Refund> {
  const known = await findRefund(db, id)
  if (known === undefined) throw notFound(`refund ${id}`, '/v1/refunds', 'refund list')
  await lockAccount(db, known.accountId)
  const refund = (await findRefund(db, id)) as Refund
  const { accountId, currency, amountMinor } = refund
  const { method, reference } = draft
  if (refund.sentAt !== null) {
    const isSame =
      refund.method === method && refund.reference === reference && (draft.sentOn ?? refund.sentOn) === refund.sentOn
    if (isSame) return refund
    throw new Refusal('conflict', `the refund was sent already: by ${refund.method} on ${refund.sentOn}`)
  }
  const { zone } = await getRow(db, 'account', accountId)
  const sentOn = draft.sentOn ?? dayOf(nowMs, zone)
  const sent = { method, reference, sentOn, sentAt: new Date(nowMs), recordedBy }
  await db.updateTable('refund').set(sent).where('id', '=', id).execute()
  await noteChange(db, 'refund that was sent', id)
  await postEntry(db, 'refund_sent', id, refundSent(accountId, currency, method, BigInt(amountMinor)), nowMs)
  const data = { currency, amount: formatMinor(BigInt(amountMinor), currency), method, reference, sentOn }
  await publish(db, [eventOf(refundWasSent, { objectId: id, accountId }, data)], nowMs)
  return { ...refund, ...sent }
}

export function refundRoutes(): Route[] {
  const tag = 'Payments'
  return [
    readRoute({
      url: '/v1/refunds',
      scope: 'payments:read',
      tag,
      summary: 'List refunds: money of credit notes that is to be paid back, and what was sent',
      query: z.object({ ...listQuery, ...accountQuery, status: z.enum(['due', 'sent']).optional() }),
      answer: listOf(refundAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { status } = query
        const page = await listPage<Refund>(db, query, {
          ...{ table: 'refund', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            status === undefined ? rows : rows.where('row.sentAt', status === 'due' ? 'is' : 'is not', null),
        })
        return { ...page, items: await toViews(db, page.items) }
      },
    }),
    writeRoute({
      url: '/v1/refunds/{id}/sent',
      scope: 'payments:write',
      tag,
      summary: 'Record that a refund was sent: by which way, and under which number of the bank',
      params: z.object({ id: z.uuid() }),
      body: sentDraft,
      answer: refundAnswer,
      handle: async ({ db, nowMs }, { params, body }, request) => {
        const [view] = await toViews(db, [await recordSent(db, params.id, body, request.caller.id, nowMs)])
        return view
      },
    }),
  ]
}
