export { discountRoutes } from './routes.ts'
export { discountsInForce } from './service.ts'
