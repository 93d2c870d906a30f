export { listClaims } from './attempt-store.ts'
export type { GatewayNeeds } from './gateways.ts'
export { paymentGatewaysModule } from './module.ts'
export { getPayout, listPayoutsOf, type Payout } from './payouts.ts'
