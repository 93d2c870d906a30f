export { usageRoutes } from './routes.ts'
export { mappingSchema } from './schemas.ts'
export { loadFingerprints } from './store.ts'
export { checkUsage } from './checks.ts'
