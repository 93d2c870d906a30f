import { PEPPOL_PROCESS, PEPPOL_SPECIFICATION } from '../einvoice/rules/peppol.ts'
import { XRECHNUNG_SPECIFICATION } from '../einvoice/rules/xrechnung.ts'

/** By which specification a buyer wants its e-invoices, and what it is known by there. */
export interface EInvoiceTerms {
  readonly specification: EInvoiceSpecification
  /** Of a public buyer in Germany. */
  readonly leitwegId?: string | undefined
  readonly buyerReference?: string | undefined
}

export const EINVOICE_SPECIFICATIONS = ['en16931', 'xrechnung', 'peppol'] as const
export type EInvoiceSpecification = (typeof EINVOICE_SPECIFICATIONS)[number]

/** What a document says that it follows (BT-24), and in which process (BT-23); UBL calls them CustomizationID and ProfileID. */
export const EINVOICE_HEADERS: Readonly<
  Record<EInvoiceSpecification, { readonly specification: string; readonly businessProcess?: string }>
> = {
  en16931: { specification: 'urn:cen.eu:en16931:2017' },
  xrechnung: { specification: XRECHNUNG_SPECIFICATION, businessProcess: PEPPOL_PROCESS },
  peppol: { specification: PEPPOL_SPECIFICATION, businessProcess: PEPPOL_PROCESS },
}

/** As people call them. */
export const EINVOICE_NAMES: Readonly<Record<EInvoiceSpecification, string>> = {
  en16931: 'EN 16931',
  xrechnung: 'XRechnung 3.0',
  peppol: 'Peppol BIS Billing 3.0',
}
