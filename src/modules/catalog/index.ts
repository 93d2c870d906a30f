export { CatalogCompiler, compileFiles } from './compile-catalog.ts'
export { catalogModule } from './module.ts'
export { negotiatePlan } from './negotiate.ts'
export type { SourceFile } from './source-file.ts'
export {
  findPlanVersion,
  findPlanVersions,
  getPlanVersion,
  listInCurrencies,
  listPlanPhases,
  listPlanVersions,
  noPlan,
  type PlanVersion,
} from './store.ts'
