export { checkBalances } from './checks.ts'
export { LineServer, type LineServerDependencies } from './line-server.ts'
export { chargingRoutes } from './routes.ts'
export { Sweeper } from './sweep.ts'
