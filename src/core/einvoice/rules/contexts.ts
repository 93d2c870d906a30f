import type {
  Address,
  AllowanceCharge,
  EInvoice,
  Identifier,
  Item,
  ItemAttribute,
  Line,
  Party,
  PaymentInstruction,
  Period,
  PrecedingInvoice,
  SupportingDocument,
  VatBreakdown,
} from '../document.ts'
import { type Context, once, type Placed } from './rule.ts'

function numbered<T>(items: readonly T[], name: string): Placed<T>[] {
  return items.map((item, at) => ({ item, place: `${name} ${at + 1}` }))
}

function maybe<T>(item: T | undefined, place: string): Placed<T>[] {
  return item === undefined ? [] : [{ item, place }]
}

/** Lines are named by their number (BT-126), or by where they stand if they have none. */
export const lines: Context<Line> = once(({ lines: all }) =>
  all.map((item, at) => ({ item, place: `line ${item.id ?? `at ${at + 1}`}` })),
)

function ofLines<T>(find: (line: Line) => readonly Placed<T>[]): Context<T> {
  return once((document) =>
    lines(document).flatMap(({ place, item }) =>
      find(item).map((inner) => ({ item: inner.item, place: inner.place === '' ? place : `${place}, ${inner.place}` })),
    ),
  )
}

export const documentAllowances: Context<AllowanceCharge> = ({ allowances }) => numbered(allowances, 'allowance')
export const documentCharges: Context<AllowanceCharge> = ({ charges }) => numbered(charges, 'charge')
export const lineAllowances: Context<AllowanceCharge> = ofLines(({ allowances }) => numbered(allowances, 'allowance'))
export const lineCharges: Context<AllowanceCharge> = ofLines(({ charges }) => numbered(charges, 'charge'))
export const linePeriods: Context<Period> = ofLines(({ period }) => maybe(period, ''))
export const items: Context<Item> = ofLines(({ item }) => maybe(item, ''))
export const itemAttributes: Context<ItemAttribute> = ofLines(({ item }) =>
  numbered(item?.attributes ?? [], 'attribute'),
)
export const classifications: Context<Identifier> = ofLines(({ item }) =>
  numbered(item?.classifications ?? [], 'classification'),
)
export const standardIds: Context<Identifier> = ofLines(({ item }) => maybe(item?.standardId, ''))

export const breakdown: Context<VatBreakdown> = once(({ vatBreakdown }) => numbered(vatBreakdown, 'VAT breakdown'))
export const payments: Context<PaymentInstruction> = ({ payments: all }) => numbered(all, 'payment')
export const attachments: Context<SupportingDocument> = ({ attachments: all }) => numbered(all, 'attachment')
export const precedingInvoices: Context<PrecedingInvoice> = ({ precedingInvoices: all }) =>
  numbered(all, 'preceding invoice')
export const periods: Context<Period> = ({ period }) => maybe(period, '')

export const sellers: Context<Party> = ({ seller }) => maybe(seller, 'seller')
export const buyers: Context<Party> = ({ buyer }) => maybe(buyer, 'buyer')
export const payees: Context<NonNullable<EInvoice['payee']>> = ({ payee }) => maybe(payee, 'payee')
export const representatives: Context<NonNullable<EInvoice['taxRepresentative']>> = ({ taxRepresentative }) =>
  maybe(taxRepresentative, 'tax representative')

export const sellerAddresses: Context<Address> = ({ seller }) => maybe(seller?.address, 'seller')
export const buyerAddresses: Context<Address> = ({ buyer }) => maybe(buyer?.address, 'buyer')
export const representativeAddresses: Context<Address> = ({ taxRepresentative }) =>
  maybe(taxRepresentative?.address, 'tax representative')
export const deliveryAddresses: Context<Address> = ({ delivery }) => maybe(delivery?.address, 'delivery')

/** Electronic addresses of seller and buyer. */
export const electronicAddresses: Context<Identifier> = ({ seller, buyer }) => [
  ...maybe(seller?.electronicAddress, 'seller'),
  ...maybe(buyer?.electronicAddress, 'buyer'),
]
export const partyIdentifiers: Context<Identifier> = ({ seller, buyer, payee }) => [
  ...(seller?.identifiers ?? []).map((item) => ({ item, place: 'seller' })),
  ...(buyer?.identifiers ?? []).map((item) => ({ item, place: 'buyer' })),
  ...maybe(payee?.identifier, 'payee'),
]
export const legalRegistrations: Context<Identifier> = ({ seller, buyer, payee }) => [
  ...maybe(seller?.legalRegistration, 'seller'),
  ...maybe(buyer?.legalRegistration, 'buyer'),
  ...maybe(payee?.legalRegistration, 'payee'),
]
export const vatIds: Context<string> = ({ seller, buyer, taxRepresentative }) => [
  ...maybe(seller?.vatId, 'seller'),
  ...maybe(buyer?.vatId, 'buyer'),
  ...maybe(taxRepresentative?.vatId, 'tax representative'),
]
export const addresses: Context<Address> = (document) => [
  ...sellerAddresses(document),
  ...buyerAddresses(document),
  ...representativeAddresses(document),
  ...deliveryAddresses(document),
]
export const invoicedObjects: Context<Identifier> = (document) => [
  ...maybe(document.invoicedObject, ''),
  ...ofLines(({ invoicedObject }) => maybe(invoicedObject, ''))(document),
]
