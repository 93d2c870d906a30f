import { dayOf } from '../../core/base/period.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import type { Database } from '../../platform/db.ts'
import { getInvoice, type Invoice, invoiceState } from '../invoices/index.ts'
import { type Account, type Customer, getRow, type Issuer } from '../parties/index.ts'
import { listClaims, listOpenOfAccount } from '../payment-gateways/index.ts'
import type { PaymentLink, PaymentLinkTerms } from '../payment-links/index.ts'
import { openPlanFor, standingOfPlan } from '../payment-plans/index.ts'
import { AccountSettlement } from '../receivables/index.ts'

/** Documents that a page of an account shows; the others are in what it asks for. */
const MOST_SHOWN = 20

/** What of a document is open. */
interface OpenDocument {
  readonly document: InvoiceDocument
  readonly openMinor: bigint
}

/** What may be paid by a link, and how that stands. */
export interface Payable {
  readonly link: PaymentLink
  readonly account: Account
  readonly customer: Customer
  readonly issuer: Issuer
  /** `open`: something is to be paid; else why nothing is. */
  readonly standing: 'open' | 'paid' | 'nothing' | 'void' | 'disputed' | 'claimed'
  /** Of a link for a document. */
  readonly invoice: Invoice | null
  readonly isOverdue: boolean
  /** The documents that it asks for, those that are due first before the others. */
  readonly open: readonly OpenDocument[]
  readonly isAllShown: boolean
  /** What of the document, or of all of them, is not settled. */
  readonly openMinor: bigint
  /** What of that may be asked for now: it is not disputed, and nobody else is about to pay it. */
  readonly freeMinor: bigint
  /** What a payer may choose; both are the same where there is nothing to choose. */
  readonly leastMinor: bigint
  readonly mostMinor: bigint
  /** Of a document that is paid in parts: the first one that is not paid whole. */
  readonly nextPart: { readonly dueOn: string; readonly minor: bigint } | null
}

/** What a link asks for now. The account's row is locked where it is to be claimed. */
export async function payableOf(
  db: Database,
  link: PaymentLink,
  terms: PaymentLinkTerms,
  nowMs: number,
): Promise<Payable> {
  const account = await getRow(db, 'account', link.accountId)
  const customer = await getRow(db, 'customer', account.customerId)
  const issuer = await getRow(db, 'issuer', account.issuerId)
  const of = { link, account, customer, issuer }
  const nothing = { invoice: null, isOverdue: false, open: [], isAllShown: true, openMinor: 0n, freeMinor: 0n }
  if (link.purpose === 'top_up') {
    const [leastMinor, mostMinor] = [BigInt(terms.leastTopUpMinor), BigInt(terms.mostTopUpMinor)]
    return {
      ...of,
      ...nothing,
      nextPart: null,
      standing: 'open',
      leastMinor,
      mostMinor: mostMinor < leastMinor ? leastMinor : mostMinor,
    }
  }
  const settlement = new AccountSettlement(db, account.id, account.currency)
  const found =
    link.invoiceId === null ? await allOf(db, of, settlement, nowMs) : await oneOf(db, of, settlement, nowMs)
  const { freeMinor } = found
  const nextPart = link.invoiceId === null ? null : await nextPartOf(db, link.invoiceId)
  const leasts = [
    freeMinor,
    ...(terms.partPayments ? [BigInt(terms.leastPartMinor)] : []),
    ...(nextPart === null ? [] : [nextPart.minor]),
  ]
  const leastMinor = leasts.reduce((least, one) => (one < least ? one : least))
  return { ...of, ...nothing, ...found, nextPart, leastMinor, mostMinor: freeMinor }
}

async function nextPartOf(db: Database, invoiceId: string): Promise<Payable['nextPart']> {
  const plan = await openPlanFor(db, invoiceId)
  const parts = plan?.kind === 'instalments' ? await standingOfPlan(db, plan) : []
  const next = parts.find(({ amountMinor, paidMinor }) => paidMinor < amountMinor)
  return next === undefined ? null : { dueOn: next.dueOn, minor: next.amountMinor - next.paidMinor }
}

type Of = Pick<Payable, 'link' | 'account'>
type Found = Pick<Payable, 'standing' | 'invoice' | 'isOverdue' | 'open' | 'isAllShown' | 'openMinor' | 'freeMinor'>

async function oneOf(
  db: Database,
  { link, account }: Of,
  settlement: AccountSettlement,
  nowMs: number,
): Promise<Found> {
  const invoice = await getInvoice(db, link.invoiceId ?? '')
  const { state, isOverdue } = await invoiceState(db, invoice.id, dayOf(nowMs, account.zone))
  const one = await openOf(db, settlement, invoice.id, nowMs)
  return {
    ...{ ...one, invoice, isOverdue, isAllShown: true },
    open: [{ document: invoice.document, openMinor: one.openMinor }],
    standing:
      state === 'void' ? 'void' : one.openMinor <= 0n ? (state === 'paid' ? 'paid' : 'nothing') : standingOf(one),
  }
}

async function allOf(db: Database, { account }: Of, settlement: AccountSettlement, nowMs: number): Promise<Found> {
  const open: (OpenDocument & { readonly dueOn: string })[] = []
  let [openMinor, askableMinor, freeMinor, count] = [0n, 0n, 0n, 0]
  for (const { id, kind, dueOn } of await settlement.listDocuments()) {
    if (kind === 'credit_note' || ((await settlement.openOf(id)) ?? 0n) <= 0n) continue
    const one = await openOf(db, settlement, id, nowMs)
    openMinor += one.openMinor
    askableMinor += one.askableMinor
    freeMinor += one.freeMinor
    count++
    if (open.length >= MOST_SHOWN) continue
    open.push({ document: (await getInvoice(db, id)).document, openMinor: one.openMinor, dueOn })
  }
  // Money for no document of its own settles what is due first.
  const elsewhere = await listOpenOfAccount(db, account.id, nowMs)
  const free = freeMinor > elsewhere ? freeMinor - elsewhere : 0n
  return {
    ...{ open, openMinor, freeMinor: free, invoice: null, isAllShown: count === open.length },
    isOverdue: open.some(({ dueOn }) => dueOn < dayOf(nowMs, account.zone)),
    standing: openMinor === 0n ? 'nothing' : standingOf({ askableMinor, freeMinor: free }),
  }
}

interface Open {
  readonly openMinor: bigint
  readonly askableMinor: bigint
  readonly freeMinor: bigint
}

async function openOf(db: Database, settlement: AccountSettlement, id: string, nowMs: number): Promise<Open> {
  const openMinor = (await settlement.openOf(id)) ?? 0n
  const askableMinor = (await settlement.askableOf(id)) ?? 0n
  const claimed = (await listClaims(db, id, nowMs)).reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
  return { openMinor, askableMinor, freeMinor: askableMinor > claimed ? askableMinor - claimed : 0n }
}

function standingOf({ askableMinor, freeMinor }: Pick<Open, 'askableMinor' | 'freeMinor'>): Payable['standing'] {
  if (askableMinor <= 0n) return 'disputed'
  return freeMinor <= 0n ? 'claimed' : 'open'
}
