export { findImport, listImportRows } from './import-store.ts'
export { usageModule } from './module.ts'
export { changeSuspense } from './service.ts'
export { findSuspended, findSuspense, insertSuspense, loadFingerprints, updateSelectedSuspense } from './store.ts'
