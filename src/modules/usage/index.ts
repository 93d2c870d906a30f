export { checkUsage } from './checks.ts'
export { usageRoutes } from './routes.ts'
export { mappingSchema } from './schemas.ts'
export { loadFingerprints } from './store.ts'
