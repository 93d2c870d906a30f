import type { PdfRenderer } from '../brands/index.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import { statementRoutes } from './routes.ts'

export const statementsModule: Module<Parts, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'statements',
  readingRoutes: ({ engine, pdf }) => statementRoutes(engine, pdf),
}
