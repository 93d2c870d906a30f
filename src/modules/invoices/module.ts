import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import { checkInvoices } from './checks.ts'
import { invoiceEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { FilesEnclosedWith } from './ports.ts'
import { invoiceReadRoutes } from './read-routes.ts'
import { invoiceRoutes } from './routes.ts'

interface InvoiceReadingNeeds extends ReadingParts {
  readonly pdf: PdfRenderer
  readonly enclosedWith: FilesEnclosedWith
}

export const invoicesModule: Module<Parts, InvoiceReadingNeeds> = {
  name: 'invoices',
  personal: personalRows,
  events: invoiceEvents,
  start: () => ({ routes: invoiceRoutes() }),
  readingRoutes: ({ engine, pdf, enclosedWith }) => invoiceReadRoutes(engine, pdf, enclosedWith),
  check: async ({ engine, db, tenant }) => checkInvoices(engine, db, tenant.name, tenant.schema),
}
