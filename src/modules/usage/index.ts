export { checkUsage } from './checks.ts'
export { correctionRoutes } from './correction-routes.ts'
export { usageRoutes } from './routes.ts'
export { insertSuspense, loadFingerprints } from './store.ts'
