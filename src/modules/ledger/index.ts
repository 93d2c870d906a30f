export { checkLedger } from './checks.ts'
export { ledgerRoutes } from './routes.ts'
export { postEntry } from './service.ts'
