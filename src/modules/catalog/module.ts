import type { Module } from '../module.ts'
import { deckReadRoutes, deckRoutes } from './deck-routes.ts'
import { catalogEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { catalogRoutes } from './routes.ts'

export const catalogModule: Module = {
  name: 'catalog',
  personal: personalRows,
  events: catalogEvents,
  start: () => ({ routes: [...catalogRoutes(), ...deckRoutes()] }),
  readingRoutes: deckReadRoutes,
}
