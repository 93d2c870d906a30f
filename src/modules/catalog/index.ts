export { CatalogCompiler, compileFiles } from './compile-catalog.ts'
export { deckReadRoutes, deckRoutes } from './deck-routes.ts'
export { negotiatePlan } from './negotiate.ts'
export { catalogRoutes } from './routes.ts'
export type { SourceFile } from './source-file.ts'
export {
  findPlanVersion,
  findPlanVersions,
  getPlanVersion,
  listInCurrencies,
  listPlanPhases,
  listPlanVersions,
  type PlanVersion,
} from './store.ts'
