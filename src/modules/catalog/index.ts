export { catalogRoutes } from './routes.ts'
export { compileCatalog, compileFiles } from './service.ts'
export type { SourceFile } from './source-file.ts'
export { findPlanVersion, getPlanVersion, listPlanVersions } from './store.ts'
