import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { partyOf } from '../../core/invoicing/document-parties.ts'
import { type PaperParties, receiptPage, statementPage } from '../../core/pages/account-papers.ts'
import type { Page } from '../../core/pages/page.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { formatRating } from '../balances/index.ts'
import { type Look, lookOfToday } from '../brands/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { getPayment, leftOfPayment, listReversals, WRITE_OFF } from '../payments/index.ts'
import { settledByPayment } from '../receivables/index.ts'
import type { Statement } from './service.ts'

/** A page, and the picture on it. */
interface Paper {
  readonly page: Page
  readonly logo: Look['logo']
}

export async function statementPaper(
  context: ReadContext,
  { account, opening, closing, disputed, entries }: Statement,
  days: { readonly from?: string | undefined; readonly until?: string | undefined },
): Promise<Paper> {
  const { parties, look } = await frameOf(context, account)
  const money = (amount: bigint): string => formatRating(amount, account.currency)
  const rows = entries.map(({ amount, balance, ...entry }) => ({
    ...{ ...entry, amount: money(amount), balance: money(balance) },
  }))
  const inDispute = disputed === 0n ? null : money(disputed)
  const told = { opening: money(opening), closing: money(closing), disputed: inDispute, rows }
  const page = statementPage(parties, look.brand, { from: days.from ?? null, until: days.until ?? null }, told)
  return { page, logo: look.logo }
}

/**
 * The receipt of a payment, with what it has settled by now.
 * @throws Refusal where nothing was received: it was taken back, or written off
 */
export async function receiptPaper(context: ReadContext, reference: string): Promise<Paper> {
  const { db } = context
  const payment = await getPayment(db, reference)
  const { id, key, currency, receivedOn, method } = payment
  if (method === WRITE_OFF) throw new Refusal('unprocessable', `${key} wrote off what was owed: nothing was received`)
  if (leftOfPayment(payment, await listReversals(db, [id])) === 0n)
    throw new Refusal('unprocessable', `the payment ${key} was reversed: there is no receipt of it`)
  const account = await getRow(db, 'account', payment.accountId)
  const { parties, look } = await frameOf(context, account)
  const amountMinor = BigInt(payment.amountMinor)
  const settled = await Promise.all(
    (await settledByPayment(db, id)).map(async (one) => {
      const { document } = await getInvoice(db, one.invoiceId)
      const { number, issuedOn } = document
      return { number, issuedOn, amountMinor: one.amountMinor, amount: formatMinor(one.amountMinor, currency) }
    }),
  )
  const restMinor = settled.reduce((rest, one) => rest - one.amountMinor, amountMinor)
  const page = receiptPage(parties, look.brand, {
    ...{ key, receivedOn, settled, reference: payment.reference },
    amount: formatMinor(amountMinor, currency),
    rest: formatMinor(restMinor, currency),
  })
  return { page, logo: look.logo }
}

/** Who and what is at the head of a paper about an account, and the look that it has today. */
export async function frameOf(
  { db, nowMs }: ReadContext,
  account: Account,
): Promise<{ parties: PaperParties; look: Look }> {
  const issuer = await getRow(db, 'issuer', account.issuerId)
  const customer = await getRow(db, 'customer', account.customerId)
  const parties = {
    ...{ language: customer.language, account: account.key, currency: account.currency },
    ...{ seller: partyOf(issuer), customer: partyOf(customer), today: dayOf(nowMs, account.zone) },
  }
  return { parties, look: await lookOfToday(db, account.brand, issuer.brand) }
}
