export { listCorrections } from './correction-store.ts'
export { usageModule } from './module.ts'
export { findSuspended, insertSuspense, loadFingerprints } from './store.ts'
