import type { Module, Parts, ReadingParts } from '../module.ts'
import { checkBrands } from './checks.ts'
import { brandEvents } from './events.ts'
import type { PdfRenderer } from './ports.ts'
import { previewRoutes } from './preview-routes.ts'
import { brandRoutes } from './routes.ts'

export const brandsModule: Module<Parts, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'brands',
  events: brandEvents,
  start: () => ({ routes: brandRoutes() }),
  readingRoutes: ({ pdf }) => previewRoutes(pdf),
  check: async ({ db }) => checkBrands(db),
}
