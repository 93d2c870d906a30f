import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import { checkInvoices } from './checks.ts'
import { invoiceEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { invoiceReadRoutes } from './read-routes.ts'
import { invoiceRoutes } from './routes.ts'

export const invoicesModule: Module<Parts, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'invoices',
  personal: personalRows,
  events: invoiceEvents,
  start: () => ({ routes: invoiceRoutes() }),
  readingRoutes: ({ engine, pdf }) => invoiceReadRoutes(engine, pdf),
  check: async ({ engine, db, tenant }) => checkInvoices(engine, db, tenant.name, tenant.schema),
}
