import { isIban } from '../base/iban.ts'
import type { PostalAddress as Address, PaymentCode, PaymentOrder } from '../payment-codes/payment-order.ts'
import { writeCodes } from '../payment-codes/write-codes.ts'
import type { Language } from '../words/languages.ts'
import { fill, WORDS } from '../words/words.ts'
import type { PostalAddress } from './document-tax.ts'

/** Where an issuer takes payments in a currency: an account by its IBAN, or a virtual address of the Indian UPI. */
export interface BankAccount {
  readonly currency: string
  readonly iban?: string | undefined
  readonly bic?: string | undefined
  /** Whose account it is, where it is not the issuer's own. */
  readonly holder?: string | undefined
  /** What the state knows the holder by: EDRPOU or RNOKPP, which Ukrainian codes need. */
  readonly taxCode?: string | undefined
  readonly virtualAddress?: string | undefined
}

/** Where a document may be paid, and the codes that a payer scans for it. */
export interface PayTo {
  readonly accounts: readonly Omit<BankAccount, 'currency'>[]
  readonly codes: readonly (PaymentCode & { readonly scheme: string })[]
  /** Its Swiss code stands on a payment slip; absent where it has none, and on documents from before there were slips. */
  readonly slip?: true
}

export interface PaidDocument {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly number: string
  readonly issuedOn: string
  readonly language: Language
  readonly currency: string
  /** What is to be paid; a document that comes to nothing or less has no codes. */
  readonly toPayMinor: bigint
  /** An account that pays in advance owes nothing by its documents: no code asks for what was paid. */
  readonly isPrepaid: boolean
  readonly issuer: {
    readonly name: string
    readonly postalAddress?: PostalAddress | null
    readonly bankAccounts?: readonly BankAccount[]
  }
  readonly customer: { readonly name: string; readonly postalAddress?: PostalAddress | null }
  /** What a payer's bank shows, where it is not about one document. */
  readonly purpose?: string
}

/**
 * The issuer's accounts in the document's currency, with a code of each scheme that one of them has.
 * @returns nothing where the issuer has no account in it, and for credit notes
 */
export function payTo(document: PaidDocument): { readonly payTo?: PayTo } {
  const { kind, currency, toPayMinor, isPrepaid, issuer } = document
  if (kind === 'credit_note') return {}
  const accounts = (issuer.bankAccounts ?? []).filter((one) => one.currency === currency)
  if (accounts.length === 0) return {}
  const orders = toPayMinor <= 0n || isPrepaid ? [] : accounts.map((account) => orderOf(document, account))
  const codes = orders.flatMap((order) => writeCodes(order).codes)
  const first = codes.filter(({ scheme }, at) => codes.findIndex((one) => one.scheme === scheme) === at)
  return {
    payTo: {
      accounts: accounts.map(({ currency: _same, ...account }) => account),
      codes: first,
      ...(first.some(({ scheme }) => scheme === 'swiss_qr_bill') ? { slip: true } : {}),
    },
  }
}

function orderOf(document: PaidDocument, account: BankAccount): PaymentOrder {
  const { kind, number, issuedOn, language, currency, toPayMinor, issuer, customer } = document
  const payerAddress = postal(customer.postalAddress)
  const words = WORDS[language].document
  return {
    payee: { ...account, name: account.holder ?? issuer.name, address: postal(issuer.postalAddress) },
    amountMinor: toPayMinor,
    currency,
    documentNumber: number,
    // What a payer's bank shows: `Invoice INV-000123 of 2026-02-01`.
    purpose: document.purpose ?? fill(words.purpose, { document: words[kind], number, day: issuedOn }),
    ...(payerAddress === undefined ? {} : { payer: { name: customer.name, address: payerAddress } }),
  }
}

/** What a form of the post wants: an address that lacks a part of it is left out. */
function postal(address: PostalAddress | null | undefined): Address | undefined {
  const { lines = [], postcode, city, country } = address ?? {}
  if (postcode === undefined || city === undefined || country === undefined) return undefined
  return { street: lines.join(', '), postcode, city, country }
}

/** An address of which nothing is missing. */
const SOMEWHERE = { street: 'x', postcode: 'x', city: 'x', country: 'CH' }

/** What is wrong with an account of an issuer, or null: whatever a code of its schemes would lack but the issuer's address. */
export function accountFault(account: BankAccount): string | null {
  const { currency, iban, virtualAddress } = account
  if (iban === undefined && virtualAddress === undefined) return 'write an IBAN, or the virtual address of UPI'
  if (iban !== undefined && !isIban(iban)) return 'the IBAN is not valid: look at its digits'
  const payee = { ...account, name: 'x', address: SOMEWHERE }
  return writeCodes({ payee, amountMinor: 1n, currency, documentNumber: '1', purpose: 'x' }).unfit[0]?.reason ?? null
}
