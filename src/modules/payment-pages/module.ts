import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import type { PageNeeds } from './pages.ts'
import { payerPdfRoutes } from './reading-routes.ts'
import { paymentPageRoutes } from './routes.ts'

export const paymentPagesModule: Module<Parts & PageNeeds, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'payment-pages',
  start: (needs) => ({ routes: paymentPageRoutes(needs) }),
  readingRoutes: ({ pdf }) => payerPdfRoutes(pdf),
}
