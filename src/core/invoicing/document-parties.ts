import { type Buyer, holdsOn, type TaxRegistration } from '../tax/supply.ts'
import type { ElectronicAddress, PostalAddress } from './document-tax.ts'
import type { EInvoiceTerms } from './einvoice-terms.ts'

export interface Party {
  readonly name: string
  readonly address: string | null
  readonly taxId: string | null
}

/** What else is known of a seller: fields that are not filled in are absent. */
export interface SellerParts {
  readonly legalForm?: string
  readonly postalAddress?: PostalAddress
  /** Registrations for tax on the day of issue. */
  readonly registrations?: readonly TaxRegistration[]
  /** Whom to ask about documents, and where its e-invoices come from. */
  readonly contact?: SellerContact
  readonly electronicAddress?: ElectronicAddress
}

interface SellerContact {
  readonly name: string
  readonly telephone: string
  readonly email: string
}

export interface BuyerParts {
  readonly kind?: Buyer['kind']
  readonly postalAddress?: PostalAddress
  readonly taxIds?: readonly string[]
  readonly purchaseOrder?: string
  readonly electronicAddress?: ElectronicAddress
  /** Which e-invoice it asks for; absent where it asks for none. */
  readonly einvoice?: EInvoiceTerms
}

/** Of issuers and customers as they are stored: what is empty there is absent on documents. */
export interface StoredParts {
  readonly legalForm?: string | null
  readonly postalAddress?: PostalAddress | null
  readonly registrations?: readonly TaxRegistration[]
  readonly kind?: Buyer['kind'] | null
  readonly taxIds?: readonly string[]
  readonly purchaseOrder?: string | null
  readonly electronicAddress?: ElectronicAddress | null
  readonly contact?: SellerContact | null
  readonly einvoice?: EInvoiceTerms | null
}

/** An address in parts is printed where there is none as a text, and likewise a tax id. */
export function partyOf({ name, address, taxId, postalAddress, taxIds = [] }: Party & StoredParts): Party {
  const parts = postalAddress == null ? null : addressText(postalAddress)
  return { name, address: address ?? parts, taxId: taxId ?? taxIds[0] ?? null }
}

/** `1 Main Street`, `10115 Berlin`, `DE`, each on a line. */
function addressText({ lines = [], postcode, city, region, country }: PostalAddress): string {
  const place = [postcode, city, region].filter((part) => part !== undefined).join(' ')
  return [...lines, place, country].filter((part) => part !== '').join('\n')
}

/** `Nordnetz` of the legal form `GmbH` is `Nordnetz GmbH`. A name that has its form already, as registers write it, stays `Nordnetz GmbH`. */
export function registeredName({ name, legalForm }: Pick<Party, 'name'> & Pick<SellerParts, 'legalForm'>): string {
  return legalForm === undefined || name === legalForm || name.endsWith(` ${legalForm}`) ? name : `${name} ${legalForm}`
}

export function sellerParts(issuer: StoredParts, day: string): SellerParts {
  const { legalForm, postalAddress, registrations = [], contact, electronicAddress } = issuer
  const own = registrations.filter((one) => holdsOn(one, day))
  return {
    ...(legalForm == null ? {} : { legalForm }),
    ...(postalAddress == null ? {} : { postalAddress }),
    ...(own.length === 0 ? {} : { registrations: own }),
    ...(contact == null ? {} : { contact }),
    ...(electronicAddress == null ? {} : { electronicAddress }),
  }
}

export function buyerParts(customer: StoredParts): BuyerParts {
  const { kind, postalAddress, taxIds = [], purchaseOrder, electronicAddress, einvoice } = customer
  return {
    ...(kind == null ? {} : { kind }),
    ...(postalAddress == null ? {} : { postalAddress }),
    ...(taxIds.length === 0 ? {} : { taxIds }),
    ...(purchaseOrder == null ? {} : { purchaseOrder }),
    ...(electronicAddress == null ? {} : { electronicAddress }),
    ...(einvoice == null ? {} : { einvoice }),
  }
}
