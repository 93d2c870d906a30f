export { catalogRoutes } from './routes.ts'
export { compileCatalog } from './service.ts'
export { findPlanVersion, getPlanVersion, listPlanVersions, type PlanVersion } from './store.ts'
