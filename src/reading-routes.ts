import type { EngineReads } from './engine/index.ts'
import { checkRoutes } from './modules/audit/index.ts'
import { deckReadRoutes } from './modules/catalog/index.ts'
import { invoiceReadRoutes } from './modules/invoicing/index.ts'
import { proofRoutes } from './modules/proofs/index.ts'
import { simulationRoutes } from './modules/rerating/index.ts'
import { statementRoutes } from './modules/statements/index.ts'
import { gapRoutes } from './modules/usage/index.ts'
import type { Route } from './platform/http/route.ts'
import type { Tenant } from './platform/tenant.ts'

/** What routes for reading are made of. */
export interface ReadingParts {
  readonly engine: EngineReads
  readonly pdf: Parameters<typeof invoiceReadRoutes>[1]
  /** Puts documents that were issued into the journal. */
  readonly anchor: (tenant: Tenant) => Promise<void>
}

/** All routes that are worked on by threads for reading. The server describes them; the threads answer them. */
export function readingRoutes({ engine, pdf, anchor }: ReadingParts): Route[] {
  return [
    ...checkRoutes(engine),
    ...deckReadRoutes(),
    ...invoiceReadRoutes(engine, pdf),
    ...proofRoutes(engine, anchor),
    ...simulationRoutes(engine),
    ...statementRoutes(engine),
    ...gapRoutes(engine),
  ]
}

/** By which both sides name a route. */
export function nameOf({ method, url }: Pick<Route, 'method' | 'url'>): string {
  return `${method} ${url}`
}
