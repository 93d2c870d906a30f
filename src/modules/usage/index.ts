export { checkUsage } from './checks.ts'
export { usageRoutes } from './routes.ts'
export { insertSuspense, loadFingerprints } from './store.ts'
