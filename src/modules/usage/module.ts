import type { Module } from '../module.ts'
import { checkUsage } from './checks.ts'
import { correctionRoutes } from './correction-routes.ts'
import { usageEvents } from './events.ts'
import { Retractions } from './retractions.ts'
import { gapRoutes, usageRoutes } from './routes.ts'

export const usageModule: Module = {
  name: 'usage',
  events: usageEvents,
  start: ({ db, engine, metrics, nowMs, onFault }) => {
    const retractions = new Retractions(db, engine, onFault('a retraction failed'))
    return {
      routes: [...usageRoutes(engine, metrics), ...correctionRoutes(engine, retractions)],
      resume: async (tenant) => retractions.resume(tenant, nowMs(tenant)),
      close: async () => retractions.close(),
    }
  },
  readingRoutes: ({ engine }) => gapRoutes(engine),
  check: async ({ db, tenant }) => checkUsage(db, tenant.schema),
}
