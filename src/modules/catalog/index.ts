export { deckRoutes } from './deck-routes.ts'
export { catalogRoutes } from './routes.ts'
export { compileCatalog } from './service.ts'
export { findPlanVersion, getPlanVersion, listPlanVersions } from './store.ts'
