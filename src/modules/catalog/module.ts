import type { Module } from '../module.ts'
import { deckReadRoutes, deckRoutes } from './deck-routes.ts'
import { catalogEvents } from './events.ts'
import { catalogRoutes } from './routes.ts'

export const catalogModule: Module = {
  name: 'catalog',
  events: catalogEvents,
  start: () => ({ routes: [...catalogRoutes(), ...deckRoutes()] }),
  readingRoutes: deckReadRoutes,
}
