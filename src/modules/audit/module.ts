import type { EngineReads } from '../../engine/index.ts'
import type { Module, ReadingParts } from '../module.ts'
import { auditRoutes, type CheckProgressOf, type Checks, checkRoutes } from './routes.ts'

export const auditModule: Module<
  { readonly engine: Parameters<typeof auditRoutes>[0]; readonly checkProgress: CheckProgressOf },
  ReadingParts & { readonly checks: Checks }
> = {
  name: 'audit',
  start: ({ engine, checkProgress }) => ({ routes: auditRoutes(engine, checkProgress) }),
  readingRoutes: ({ engine, checks }: { readonly engine: EngineReads; readonly checks: Checks }) =>
    checkRoutes(engine, checks),
}
