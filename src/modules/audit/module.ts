import type { EngineReads } from '../../engine/index.ts'
import type { Module, ReadingParts } from '../module.ts'
import { auditRoutes, type Checks, checkRoutes } from './routes.ts'

export const auditModule: Module<
  { readonly engine: Parameters<typeof auditRoutes>[0] },
  ReadingParts & { readonly checks: Checks }
> = {
  name: 'audit',
  start: ({ engine }) => ({ routes: auditRoutes(engine) }),
  readingRoutes: ({ engine, checks }: { readonly engine: EngineReads; readonly checks: Checks }) =>
    checkRoutes(engine, checks),
}
