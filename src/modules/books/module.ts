import type { PdfRenderer } from '../brands/index.ts'
import type { Module, ReadingParts } from '../module.ts'
import { checkBooks } from './checks.ts'
import { type BooksNeeds, periodCloseJob } from './close-period.ts'
import { booksEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { reportRoutes } from './report-routes.ts'
import { booksRoutes } from './routes.ts'

export const booksModule: Module<BooksNeeds, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'books',
  personal: personalRows,
  events: booksEvents,
  start: (needs) => ({ routes: booksRoutes(needs), jobs: [periodCloseJob(needs)] }),
  readingRoutes: ({ engine, pdf }) => reportRoutes(engine, pdf),
  check: async ({ db }) => checkBooks(db),
}
