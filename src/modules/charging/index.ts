export { checkBalances } from './checks.ts'
export { chargingRoutes } from './routes.ts'
export { Sweeper } from './sweep.ts'
