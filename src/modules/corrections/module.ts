import type { Module } from '../module.ts'
import { correctionEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { retractionJob } from './retractions.ts'
import { correctionRoutes } from './routes.ts'

export const correctionsModule: Module = {
  name: 'corrections',
  personal: personalRows,
  events: correctionEvents,
  start: (parts) => ({ routes: correctionRoutes(parts), jobs: [retractionJob(parts)] }),
}
