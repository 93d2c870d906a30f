import type { Module } from '../module.ts'
import { deckReadRoutes, deckRoutes } from './deck-routes.ts'
import { catalogRoutes } from './routes.ts'

export const catalogModule: Module = {
  name: 'catalog',
  start: ({ engine }) => ({ routes: [...catalogRoutes(engine), ...deckRoutes(engine)] }),
  readingRoutes: deckReadRoutes,
}
