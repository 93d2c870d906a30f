import { cloudEventRoutes } from '../adapters/cloudevents-http/routes.ts'
import type { AcceptUsage } from '../modules/usage/inbound.ts'
import type { Route } from '../platform/http/route.ts'

/** What protocols drive of modules (`inbound.ts`). */
export interface Inbound {
  readonly acceptUsage: AcceptUsage
}

/** All protocols over HTTP by which usage comes, beside Kvit's own. The one with a port of its own is opened in `start.ts`. */
export const PROTOCOLS: readonly ((inbound: Inbound) => readonly Route[])[] = [
  ({ acceptUsage }) => cloudEventRoutes(acceptUsage),
]
