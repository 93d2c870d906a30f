import type { Module } from '../module.ts'
import { correctionEvents } from './events.ts'
import { Retractions } from './retractions.ts'
import { correctionRoutes } from './routes.ts'

export const correctionsModule: Module = {
  name: 'corrections',
  events: correctionEvents,
  start: ({ db, engine, nowMs, onFault }) => {
    const retractions = new Retractions(db, engine, onFault('a retraction failed'))
    return {
      routes: correctionRoutes(engine, retractions),
      resume: async (tenant) => retractions.resume(tenant, nowMs(tenant)),
      close: async () => retractions.close(),
    }
  },
}
