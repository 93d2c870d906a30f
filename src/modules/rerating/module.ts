import type { Module } from '../module.ts'
import { reRatingEvents } from './events.ts'
import { ReRatings } from './jobs.ts'
import { reRatingRoutes } from './routes.ts'
import { simulationRoutes } from './simulate-route.ts'

export const reratingModule: Module = {
  name: 'rerating',
  events: reRatingEvents,
  start: ({ db, engine, notary, nowMs, onFault }) => {
    const jobs = new ReRatings(db, engine, onFault('a re-rating failed'), (tenant) => notary.start(tenant))
    return {
      routes: reRatingRoutes(engine, jobs),
      resume: async (tenant) => jobs.resume(tenant, nowMs(tenant)),
      close: async () => jobs.close(),
    }
  },
  readingRoutes: ({ engine }) => simulationRoutes(engine),
}
