import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { day } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { purposeOf } from '../billing/index.ts'
import { getInvoice, getInvoices } from '../invoices/index.ts'
import {
  accountNames,
  accountQuery,
  accountsNamed,
  getRow,
  listAccountsByIds,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { amountsText, chargePage, type LateParts, latestDay, PAGE, pageOfAccounts } from './charge.ts'
import { waive } from './give-back.ts'
import { type AccountPlan, planFor, settingsOf, todayOf } from './plan.ts'
import * as store from './store.ts'

const tag = 'Invoices'
const amount = z.string().describe('A decimal of the currency')
const kind = z.enum(['interest', 'fee'])
const segments = z
  .array(z.strictObject({ from: z.iso.date(), until: z.iso.date(), amount, percent: z.string() }))
  .describe('Days on which the same amount was open at the same rate; none of a fee')
const about = {
  invoiceId: z.uuid().describe('The document that was late'),
  number: z.string(),
  kind,
  from: z.iso.date(),
  until: z.iso.date().describe('The day after the last one'),
  currency: z.string(),
  amount,
  text: z.string(),
  segments,
}
const returnAnswer = z.strictObject({
  because: z.enum(store.RETURN_KINDS),
  amount,
  reason: z.string(),
  creditNoteId: z.uuid().nullable(),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
})
const chargeAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    ...about,
    left: amount.describe('What of it was not given back'),
    billId: z.uuid().nullable().describe('The document that bills it; null as long as that is a draft'),
    returns: z.array(returnAnswer),
    chargedAt: z.iso.datetime(),
  })
  .meta({ id: 'LateCharge' })
const next = z.uuid().nullable().describe('`after` of the next page; null where there is none')
const previewAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        ...ofAccount,
        asOf: z.iso.date(),
        currency: z.string(),
        total: amount,
        charges: z.array(z.strictObject(about)),
      }),
    ),
    next,
  })
  .meta({ id: 'LateChargePreview' })
const runAnswer = z
  .strictObject({
    looked: z.int().describe('Accounts'),
    charged: z.int().describe('Lines of interest and fees'),
    lowered: z.int().describe('Charges of before that were given back, because their documents were credited'),
    amounts: z.record(z.string(), amount).describe('What was charged, by currency'),
    failed: z.array(z.strictObject({ accountId: z.uuid(), reason: z.string() })),
    next,
  })
  .meta({ id: 'LateChargeRun' })

interface Spoken {
  readonly from: string
  readonly until: string
  readonly minor: bigint | string
  readonly percent: string
}

function segmentsView(all: readonly Spoken[], currency: string): object[] {
  return all.map(({ from, until, minor, percent }) => {
    return { from, until, amount: formatMinor(BigInt(minor), currency), percent }
  })
}

async function viewCharges(db: Database, rows: readonly store.LateChargeRow[]): Promise<object[]> {
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  const invoices = await getInvoices(db, [...new Set(rows.map(({ invoiceId }) => invoiceId))])
  const numbers = new Map(invoices.map(({ id, document }) => [id, document.number]))
  const returns = await store.returnsOf(
    db,
    rows.map(({ id }) => id),
  )
  const purposes = [...new Set(rows.map(({ oneOffId }) => purposeOf({ id: oneOffId })))]
  const bills = await db
    .selectFrom('invoice')
    .select(['id', 'purpose'])
    .where('purpose', '=', anyOf(purposes, 'text'))
    .execute()
  const billIds = new Map(bills.map((bill) => [bill.purpose, bill['id'] as string]))
  return rows.map((row) => {
    const { id, accountId, invoiceId, currency, amountMinor, fromOn, untilOn, text, chargedAt } = row
    const own = returns.filter(({ chargeId }) => chargeId === id)
    const money = (minor: bigint | string): string => formatMinor(BigInt(minor), currency)
    const left = own.reduce((sum, one) => sum - BigInt(one.amountMinor), BigInt(amountMinor))
    return {
      ...{ id, accountId, ...names.get(accountId), invoiceId, number: numbers.get(invoiceId), kind: row.kind },
      ...{ from: fromOn, until: untilOn, currency, amount: money(amountMinor), text },
      ...{ segments: segmentsView(row.segments, currency), left: money(left) },
      billId: billIds.get(purposeOf({ id: row.oneOffId })) ?? null,
      returns: own.map((one) => ({
        ...{ because: one.kind, amount: money(one.amountMinor), reason: one.reason },
        ...{ creditNoteId: one.creditNoteId, madeBy: one.madeBy, madeAt: one.madeAt },
      })),
      chargedAt,
    }
  })
}

function viewPlan({ charges }: AccountPlan, currency: string): object[] {
  return charges.map(({ invoiceId, number, kind: of, from, until, minor, text, segments: own }) => ({
    ...{ invoiceId, number, kind: of, from, until, currency, amount: formatMinor(minor, currency), text },
    segments: segmentsView(own, currency),
  }))
}

export function lateChargeRoutes(parts: LateParts): Route[] {
  const write = { scope: 'invoices:write', tag } as const
  const read = { scope: 'invoices:read', tag } as const
  const after = z.uuid().optional().describe('`next` of the page before')
  return [
    readRoute({
      ...read,
      url: '/v1/late-charge-preview',
      summary: 'What would be charged on documents that are paid late, by account and document; nothing is charged',
      query: z.object({
        ...accountQuery,
        asOf: day.optional().describe('For the days before this one; today of each account unless set'),
        after,
      }),
      answer: previewAnswer,
      handle: async ({ db, nowMs }, { query }) => {
        const { asOf } = query
        const named = await accountsNamed(db, query)
        const ids = named ?? (await pageOfAccounts(db, asOf ?? latestDay(nowMs), query.after ?? null))
        const settings = await settingsOf(db)
        const names = await accountNames(db, ids)
        const items: object[] = []
        for (const account of await listAccountsByIds(db, [...ids])) {
          const today = asOf ?? todayOf(account, nowMs)
          const { currency } = account
          const plan = await planFor(db, account, settings, today)
          if (plan.charges.length === 0) continue
          const total = formatMinor(
            plan.charges.reduce((sum, { minor }) => sum + minor, 0n),
            currency,
          )
          const charges = viewPlan(plan, currency)
          items.push({ accountId: account.id, ...names.get(account.id), asOf: today, currency, total, charges })
        }
        return { items, next: named === undefined && ids.length === PAGE ? (ids.at(-1) ?? null) : null }
      },
    }),
    streamRoute({
      ...write,
      method: 'POST',
      url: '/v1/late-charges',
      summary:
        'Charge now what is to be charged on documents that are paid late, for the days before today: an invoice of lines for each account; a day is never charged twice',
      body: z.strictObject({ account: reference.optional().describe('All accounts, by pages, when absent'), after }),
      answer: runAnswer,
      handle: async ({ db, tenant, nowMs }, { body }, { caller }) => {
        const accountIds =
          body.account === undefined
            ? await pageOfAccounts(db, latestDay(nowMs), body.after ?? null)
            : [(await getRow(db, 'account', body.account)).id]
        const isWhole = body.account !== undefined || accountIds.length < PAGE
        const outcome = await chargePage(parts, tenant, nowMs, { accountIds, isWhole }, caller)
        return { ...outcome, amounts: amountsText(outcome.amounts) }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/late-charges/{id}/waive',
      summary: 'Waive what is left of a late charge, with a reason: a credit note, and its days are not charged again',
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({ reason: textUpTo(500) }),
      answer: chargeAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const charge = await waive(parts.creditDoor, context, params.id, body.reason, caller)
        return (await viewCharges(context.db, [charge]))[0] as object
      },
    }),
    readRoute({
      ...read,
      url: '/v1/late-charges/{id}',
      summary: 'Interest, or a fee, that was charged on a document that was paid late',
      params: z.object({ id: z.uuid() }),
      answer: chargeAnswer,
      handle: async ({ db }, { params }) =>
        (await viewCharges(db, [await store.getCharge(db, params.id)]))[0] as object,
    }),
    readRoute({
      ...read,
      url: '/v1/late-charges',
      summary: 'Interest and fees that were charged on documents that were paid late',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        kind: kind.optional(),
        invoice: z.string().min(1).max(64).optional().describe('The id or number of the document that was late'),
      }),
      answer: listOf(chargeAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const invoiceId = query.invoice === undefined ? undefined : (await getInvoice(db, query.invoice)).id
        const page = await listPage<store.LateChargeRow>(db, query, {
          ...{ table: 'lateCharge', madeAt: 'chargedAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            withText(having(rows, { 'row.kind': query.kind, 'row.invoiceId': invoiceId }), query.text, ['row.text']),
        })
        return { ...page, items: await viewCharges(db, page.items) }
      },
    }),
  ]
}
