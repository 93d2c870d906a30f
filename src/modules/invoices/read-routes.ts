import { z } from 'zod'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import { EINVOICE_SPECIFICATIONS } from '../../core/invoicing/einvoice-terms.ts'
import { invoicePage } from '../../core/pages/invoice-page.ts'
import { LANGUAGES } from '../../core/words/languages.ts'
import type { EngineReads } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { instant } from '../../platform/http/dates.ts'
import { RawAnswer, type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { lookOf, type PdfRenderer } from '../brands/index.ts'
import * as answers from './answers.ts'
import { bySpecification, einvoiceXml, facturX } from './einvoice.ts'
import { explainLine } from './explain.ts'
import { explainRecord } from './explain-record.ts'
import { itemisedCsv, itemisedPaper, itemisedXlsx } from './itemised.ts'
import type { FilesEnclosedWith } from './ports.ts'
import { byReference } from './routes.ts'
import { getInvoice, type Invoice } from './store.ts'

const language = z.enum(LANGUAGES).optional().describe("The customer's when absent")
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const MAX_RECORDS_SHOWN = 1_000

/** What is read out of the journal or set for printing: it may take long, and is done on a thread for reading. */
export function invoiceReadRoutes(engine: EngineReads, pdf: PdfRenderer, enclosedWith: FilesEnclosedWith): Route[] {
  const read = { scope: 'invoices:read', tag: 'Invoices' } as const
  return [
    streamRoute({
      ...read,
      url: '/v1/invoices/{reference}/pdf',
      summary: 'The invoice as PDF, or with the e-invoice in it as Factur-X',
      params: byReference,
      query: z.object({ format: z.enum(['pdf', 'factur-x']).default('pdf') }),
      aside: 'short',
      handle: async ({ db }, { params, query }) => {
        const invoice = await getInvoice(db, params.reference)
        const files = query.format === 'factur-x' ? await enclosedWith(db, invoice.id) : undefined
        const cii = files === undefined ? undefined : facturX(invoice.document, files)
        return documentPdf(db, pdf, invoice, cii)
      },
    }),
    streamRoute({
      ...read,
      url: '/v1/invoices/{reference}/einvoice',
      summary:
        'The document as an e-invoice in UBL 2.1 or CII, by EN 16931 or what its customer asks for, after the rules were looked at',
      params: byReference,
      query: z.object({
        syntax: z.enum(['ubl', 'cii']).default('ubl'),
        specification: z.enum(EINVOICE_SPECIFICATIONS).optional().describe('What its customer asked for when absent'),
      }),
      aside: 'short',
      handle: async ({ db }, { params, query: { syntax, specification } }) => {
        const { id, document } = await getInvoice(db, params.reference)
        const asked = specification === undefined ? document : bySpecification(document, specification)
        const xml = einvoiceXml(asked, syntax, await enclosedWith(db, id))
        return new RawAnswer('application/xml', xml, namedFile(document, 'xml'))
      },
    }),
    streamRoute({
      ...read,
      url: '/v1/invoices/{reference}/itemised.csv',
      summary: 'The records behind the invoice as CSV',
      params: byReference,
      aside: 'short',
      handle: async ({ db, tenant }, { params }) => {
        const invoice = await getInvoice(db, params.reference)
        return new RawAnswer('text/csv; charset=utf-8', itemisedCsv(engine, { db, tenant }, invoice))
      },
    }),
    streamRoute({
      ...read,
      url: '/v1/invoices/{reference}/itemised.xlsx',
      summary: 'The records behind the invoice as a workbook of one sheet',
      params: byReference,
      aside: 'short',
      handle: async ({ db, tenant }, { params }) => {
        const invoice = await getInvoice(db, params.reference)
        const workbook = await itemisedXlsx(engine, { db, tenant }, invoice)
        return new RawAnswer(XLSX, workbook, namedFile(invoice.document, 'xlsx'))
      },
    }),
    streamRoute({
      ...read,
      url: '/v1/invoices/{reference}/itemised.pdf',
      summary: 'The records behind the invoice on paper, in the language of its customer; 100,000 at most',
      params: byReference,
      aside: 'short',
      handle: async ({ db, tenant }, { params }) => {
        const invoice = await getInvoice(db, params.reference)
        const look = await lookOf(db, invoice.document.brand)
        const list = await itemisedPaper(engine, { db, tenant }, invoice, look)
        const file = await pdf.renderList(list, { logo: look.logo })
        return new RawAnswer('application/pdf', file, namedFile(invoice.document, 'records.pdf'))
      },
    }),
    readRoute({
      ...read,
      url: '/v1/invoice-lines/{id}/explain',
      summary: 'From a line to price version, parts, records and rounding',
      params: z.object({ id: z.uuid() }),
      query: z.object({ records: z.coerce.number().int().min(0).max(MAX_RECORDS_SHOWN).default(20), language }),
      answer: answers.explainedLine,
      aside: 'short',
      handle: async (context, { params, query }) =>
        explainLine(engine, context, params.id, query.records, query.language),
    }),
    readRoute({
      ...read,
      url: '/v1/usage-records/explain',
      summary:
        'Where a record went: its charges and the documents that bill them, its corrections, or why it is in suspense',
      query: z.object({
        source: z.string().min(1).max(256),
        id: z.string().min(1).max(256),
        time: instant.optional().describe('Where one name stands for several records'),
        language,
      }),
      answer: answers.explainedRecord,
      aside: 'short',
      handle: async (context, { query: { source, id, time, language } }) =>
        explainRecord(engine, context, { source, id, timeMs: time === undefined ? null : Date.parse(time) }, language),
    }),
  ]
}

/** A document as PDF, with the look that it was issued with. @param cii the e-invoice in it, where it is to have one */
export async function documentPdf(
  db: Database,
  pdf: PdfRenderer,
  { document }: Pick<Invoice, 'document'>,
  cii?: string,
): Promise<RawAnswer> {
  const { brand, logo } = await lookOf(db, document.brand)
  const file = await pdf.render(invoicePage(document, brand), { logo, cii })
  return new RawAnswer('application/pdf', file, namedFile(document, 'pdf'))
}

/** A number has slashes where its issuer writes it so; the name of a file has none: `2026/02-0001` is `2026-02-0001.pdf`. */
function namedFile({ number }: InvoiceDocument, ending: string): Record<string, string> {
  return { 'content-disposition': `inline; filename="${number.replaceAll('/', '-')}.${ending}"` }
}
