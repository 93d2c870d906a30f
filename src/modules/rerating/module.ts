import type { Module } from '../module.ts'
import { reRatingEvents } from './events.ts'
import { reRatingJob } from './jobs.ts'
import { noteLateDocuments } from './late-notes.ts'
import { personalRows } from './personal.ts'
import { reRatingRoutes } from './routes.ts'
import { simulationRoutes } from './simulate-route.ts'

export const reratingModule: Module = {
  name: 'rerating',
  personal: personalRows,
  events: reRatingEvents,
  start: (parts) => {
    const end = noteLateDocuments()
    return { routes: reRatingRoutes(parts), jobs: [reRatingJob(parts)], close: async () => end() }
  },
  readingRoutes: ({ engine }) => simulationRoutes(engine),
}
