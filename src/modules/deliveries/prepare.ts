import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import { EINVOICE_HEADERS, type EInvoiceSpecification } from '../../core/invoicing/einvoice-terms.ts'
import { coverLetter } from '../../core/pages/cover-letter.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { listEnclosed } from '../attachments/index.ts'
import { getProForma } from '../billing/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveredFile, DeliveryAddress, DocumentFormat, DocumentTransport, OutgoingDocument } from './ports.ts'
import { preferenceOf } from './preference.ts'
import { sendId } from './store.ts'
import type { WriteDocument } from './ways.ts'

/** Why a document cannot be sent at all, whoever is asked. */
export interface Unfit {
  readonly unfit: 'no_address' | 'cannot_be_written' | 'too_large'
  readonly said: string
}

interface Preparing {
  readonly db: Database
  readonly tenant: Tenant
  readonly nowMs: number
  readonly writeDocument: WriteDocument
}

/** A document with its files and its address, as it is to arrive; or why it cannot be. */
export async function prepare(
  preparing: Preparing,
  row: Delivery,
  { capabilities }: DocumentTransport,
): Promise<OutgoingDocument | Unfit> {
  const { db, tenant } = preparing
  const { documentKind, documentId, transport, number } = row
  const { document } = documentKind === 'invoice' ? await getInvoice(db, documentId) : await getProForma(db, documentId)
  const specification = transport === 'peppol' ? networkSpecification(document) : undefined
  let files: DeliveredFile[]
  try {
    files = await filesOf(preparing, row, specification)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unprocessable')
      return { unfit: 'cannot_be_written', said: error.message }
    throw error
  }
  const to = await addressOf(db, tenant, row, document)
  if (typeof to === 'string') return { unfit: 'no_address', said: to }
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0)
  if (bytes > capabilities.maxBytes)
    return {
      unfit: 'too_large',
      said: `its files have ${bytes} bytes, and ${transport} takes ${capabilities.maxBytes}`,
    }
  const from = transport === 'peppol' ? (document.seller.electronicAddress ?? null) : null
  const documentType = specification === undefined ? null : documentTypeOf(document, specification)
  return { id: sendId(row), number, from, to, files, ...coverLetter(document), documentType }
}

/** In the network a German authority gets its XRechnung, and everybody else Peppol BIS Billing. */
function networkSpecification({ buyer }: InvoiceDocument): EInvoiceSpecification {
  return buyer.einvoice?.specification === 'xrechnung' ? 'xrechnung' : 'peppol'
}

/** `urn:oasis:…:Invoice-2::Invoice##urn:cen.eu:en16931:2017#…::2.1` */
function documentTypeOf({ kind }: InvoiceDocument, by: EInvoiceSpecification): OutgoingDocument['documentType'] {
  const root = kind === 'credit_note' ? 'CreditNote' : 'Invoice'
  const { specification, businessProcess = '' } = EINVOICE_HEADERS[by]
  const schema = `urn:oasis:names:specification:ubl:schema:xsd:${root}-2::${root}`
  return { id: `${schema}##${specification}::2.1`, process: businessProcess }
}

/** @returns a sentence where there is none */
async function addressOf(
  db: Database,
  { name }: Tenant,
  { transport, customerId, askedTo }: Delivery,
  { buyer }: InvoiceDocument,
): Promise<DeliveryAddress | string> {
  switch (transport) {
    case 'folder':
      return { scheme: 'folder', id: name }
    case 'peppol':
      return mayBeParticipant(buyer.electronicAddress)
        ? buyer.electronicAddress
        : 'the document has no address in Peppol: fill in electronicAddress of the customer before it is issued'
    case 'email': {
      const id =
        askedTo ?? (await preferenceOf(db, customerId)).email ?? (await getRow(db, 'customer', customerId)).email
      return id === null ? 'the customer has no e-mail address: fill in email of the customer' : { scheme: 'email', id }
    }
  }
}

/** `EM` is an address of e-mail, which is no participant of Peppol. */
export function mayBeParticipant(address: DeliveryAddress | null | undefined): address is DeliveryAddress {
  return address != null && address.scheme !== 'EM'
}

const EINVOICE = 'GET /v1/invoices/{reference}/einvoice'

async function filesOf(
  { db, tenant, nowMs, writeDocument }: Preparing,
  { documentKind, documentId, transport, formats, number }: Delivery,
  specification: EInvoiceSpecification | undefined,
): Promise<DeliveredFile[]> {
  const params = { reference: documentId }
  const routeOf = (format: DocumentFormat): [route: string, query: Readonly<Record<string, unknown>>] => {
    if (documentKind === 'pro_forma') return ['GET /v1/pro-forma-invoices/{reference}/pdf', {}]
    if (format === 'ubl' || format === 'cii') return [EINVOICE, { syntax: format, specification }]
    return ['GET /v1/invoices/{reference}/pdf', { format: format === 'pdf' ? 'pdf' : 'factur-x' }]
  }
  const files: DeliveredFile[] = []
  const named = number.replaceAll(/[^\p{L}\p{N}._-]/gu, '-').replace(/^\.+/, '')
  for (const format of formats) {
    const [route, query] = routeOf(format)
    const { type, content } = await writeDocument(tenant, nowMs, route, { params, query })
    const ending = type === 'application/pdf' ? 'pdf' : 'xml'
    const isTaken = files.some(({ name }) => name === `${named}.${ending}`)
    files.push({ name: `${named}${isTaken ? `-${format}` : ''}.${ending}`, type, content })
  }
  if (transport === 'email' && documentKind === 'invoice') files.push(...(await listEnclosed(db, documentId)))
  return files
}
