export { checkUsage } from './checks.ts'
export { usageRoutes } from './routes.ts'

export { loadFingerprints } from './store.ts'
