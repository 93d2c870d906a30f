export { checkLedger } from './checks.ts'
export { ledgerRoutes } from './routes.ts'
export { type NewEntry, postEntries, postEntry } from './service.ts'
