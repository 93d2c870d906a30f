import type { Attention, Module, Parts, ReadingParts } from '../module.ts'
import { overviewRoutes, standingRoutes } from './routes.ts'

export interface OverviewNeeds {
  /** What of all modules waits for a person. */
  readonly attention: readonly Attention[]
}

export const overviewModule: Module<Parts & OverviewNeeds, ReadingParts> = {
  name: 'overview',
  start: ({ attention }) => ({ routes: overviewRoutes(attention) }),
  readingRoutes: () => standingRoutes(),
}
