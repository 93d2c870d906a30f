export { deliveriesModule } from './module.ts'
export type { DeliveryNeeds, WriteDocument } from './ways.ts'
