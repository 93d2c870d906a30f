import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { partyOf } from '../../core/invoicing/document-parties.ts'
import {
  cashReceiptPage,
  cashReceiptRoll,
  cashReportPage,
  cashReportText,
  type PrintedReceipt,
  type ReportLine,
} from '../../core/pages/cash-papers.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { lookOfToday, type PdfRenderer } from '../brands/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import { settledByPayment } from '../receivables/index.ts'
import { type Report, reportAnswer, reportOf } from './report.ts'
import * as store from './store.ts'

/** Papers of cash desks; they are set by threads of their own. */
export function paperRoutes(pdf: PdfRenderer): Route[] {
  const tag = 'Cash desks'
  return [
    streamRoute({
      url: '/v1/cash-receipts/{reference}/pdf',
      scope: 'payments:read',
      tag,
      summary: 'A receipt of a cash desk as PDF, on a sheet or on a roll of 80 mm',
      params: z.object({ reference: z.string().min(1).max(128) }),
      query: z.strictObject({ paper: z.enum(['sheet', 'roll']).default('sheet') }),
      aside: 'short',
      handle: async (context, { params, query }) => {
        const { db, nowMs } = context
        const receipt = await store.getReceipt(db, params.reference)
        if (receipt.state !== 'done') throw new Refusal('conflict', 'the receipt is not paid')
        const account = await getRow(db, 'account', receipt.accountId)
        const issuer = await getRow(db, 'issuer', account.issuerId)
        const customer = await getRow(db, 'customer', account.customerId)
        const parties = {
          ...{ language: customer.language, account: account.key, currency: account.currency },
          ...{ seller: partyOf(issuer), customer: partyOf(customer), today: dayOf(nowMs, account.zone) },
        }
        const look = await lookOfToday(db, account.brand, issuer.brand)
        const printed = await printedOf(context, receipt)
        if (query.paper === 'roll')
          return new RawAnswer('application/pdf', await pdf.render(cashReceiptRoll(parties, look.brand, printed)))
        const page = cashReceiptPage(parties, look.brand, printed)
        return new RawAnswer('application/pdf', await pdf.render(page, { logo: look.logo }))
      },
    }),
    streamRoute({
      url: '/v1/cash-shifts/{id}/report',
      scope: 'payments:read',
      tag,
      summary:
        'The report of a shift, as JSON, as text of 42 letters a line, or as PDF: X while it is open, Z as it was when it was closed',
      params: z.object({ id: z.uuid() }),
      query: z.strictObject({ format: z.enum(['json', 'text', 'pdf']).default('json') }),
      answer: reportAnswer,
      aside: 'short',
      handle: async ({ db }, { params, query }) => {
        const shift = await store.getShift(db, params.id)
        const desk = (await store.desksOf(db, [shift.deskId])).get(shift.deskId) as store.Desk
        const report = (shift.report as Report | null) ?? (await reportOf(db, desk, shift))
        if (query.format === 'json') return report
        const title = `${report.kind} report ${report.shift}`
        const lines = linesOf(report, desk)
        if (query.format === 'text')
          return new RawAnswer('text/plain; charset=utf-8', cashReportText(`${title} ${desk.name}`, lines))
        const issuer = await getRow(db, 'issuer', desk.issuerId)
        const look = await lookOfToday(db, null, issuer.brand)
        const day = dayOf((shift.closedAt ?? shift.openedAt).getTime(), desk.zone)
        const page = cashReportPage(look.brand, { title, name: issuer.name, day, lines })
        return new RawAnswer('application/pdf', await pdf.render(page, { logo: look.logo }))
      },
    }),
  ]
}

async function printedOf({ db }: ReadContext, receipt: store.Receipt): Promise<PrintedReceipt> {
  const { currency, deskId, cancelsId, paymentId, note, createdAt } = receipt
  const desk = (await store.desksOf(db, [deskId])).get(deskId) as store.Desk
  const text = (minor: bigint): string => formatMinor(minor, currency)
  const sign = receipt.kind === 'cancel' ? -1n : 1n
  const [amountMinor, cashMinor] = [BigInt(receipt.amountMinor), BigInt(receipt.cashMinor)]
  const tenderedMinor = receipt.tenderedMinor === null ? null : BigInt(receipt.tenderedMinor)
  const cancelled = cancelsId === null ? undefined : await store.findReceipt(db, 'id', cancelsId)
  const settled = paymentId === null ? [] : await settledByPayment(db, paymentId)
  return {
    ...{ number: store.printedNumber(desk, receipt.number), day: dayOf(createdAt.getTime(), desk.zone), note },
    cancels: cancelled === undefined ? null : store.printedNumber(desk, cancelled.number),
    ...{ amount: text(sign * amountMinor), cash: text(sign * cashMinor) },
    rounding: cashMinor === amountMinor ? null : text(sign * (cashMinor - amountMinor)),
    tendered: tenderedMinor === null ? null : text(tenderedMinor),
    change: tenderedMinor === null ? null : text(tenderedMinor - cashMinor),
    settled: await Promise.all(
      settled.map(async (one) => {
        const { document } = await getInvoice(db, one.invoiceId)
        return { number: document.number, issuedOn: document.issuedOn, amount: text(one.amountMinor) }
      }),
    ),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  in: 'From the safe',
  out: 'To the safe',
  added: 'Put in',
  spent: 'Taken out',
}

function linesOf(report: Report, desk: store.Desk): ReportLine[] {
  const at = (time: string): string => `${dayOf(Date.parse(time), desk.zone)} ${timeOf(time, desk.zone)}`
  // Two payments of 52.16 together are `Payments (2)  52.16`: `2 x 52.16` would be read as 104.32.
  const counted = (label: string, one: { readonly count: number; readonly amount: string }): ReportLine => [
    `${label} (${one.count})`,
    one.amount,
  ]
  const ends: ReportLine[] =
    report.closedAt === null
      ? []
      : [
          ['Counted', report.counted ?? ''],
          ['Over or short', report.difference ?? ''],
        ]
  const coins = (report.denominations ?? []).map(({ value, count }): ReportLine => [value, `x ${count}`])
  return [
    ['Desk', report.desk],
    ['Cashier', report.cashier],
    ['Opened', at(report.openedAt)],
    ...(report.closedAt === null ? [] : [['Closed', at(report.closedAt)] as const]),
    ['Receipts', report.firstReceipt === null ? 'none' : `${report.firstReceipt} to ${String(report.lastReceipt)}`],
    [`Cash, ${report.currency}`, null],
    ['Float', report.float],
    counted('Payments', report.payments),
    counted('Cancelled', report.cancels),
    ...report.movements.map((one) => counted(KINDS[one.kind] ?? one.kind, one)),
    ['Rounding, included', report.rounding],
    ['In the drawer', report.expected],
    ...ends,
    ...(coins.length === 0 ? [] : [['Coins and notes', null] as const, ...coins]),
  ]
}

function timeOf(time: string, zone: string): string {
  return Temporal.Instant.from(time).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
}
