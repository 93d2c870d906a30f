export { AttemptRunner } from './attempt-runner.ts'
export { type Attempt, listClaims, listOpenOfAccount } from './attempt-store.ts'
export { chargeAgain } from './charge-again.ts'
export { attemptOfKey, Checkouts } from './checkouts.ts'
export {
  findGateway,
  gatewayNames,
  gatewayOfId,
  putGateway,
  putSecrets,
  readSecrets,
  secretsSet,
} from './gateway-store.ts'
export { type GatewayNeeds, Gateways } from './gateways.ts'
export { paymentGatewaysModule } from './module.ts'
export { bookPayout, getPayout, listPayoutsOf, type Payout, type ReadPayoutLine } from './payouts.ts'
export type { GatewayPayout } from './ports.ts'
