import type { Module } from '../module.ts'
import { reRatingEvents } from './events.ts'
import { reRatingJob } from './jobs.ts'
import { reRatingRoutes } from './routes.ts'
import { simulationRoutes } from './simulate-route.ts'

export const reratingModule: Module = {
  name: 'rerating',
  events: reRatingEvents,
  start: (parts) => ({ routes: reRatingRoutes(parts), jobs: [reRatingJob(parts)] }),
  readingRoutes: ({ engine }) => simulationRoutes(engine),
}
