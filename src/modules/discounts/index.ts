export { discountsModule } from './module.ts'
export type { ListGiven } from './ports.ts'
export { discountsInForce } from './service.ts'
