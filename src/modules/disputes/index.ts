export { carryOutAcceptance } from './carry-out.ts'
export { disputesModule } from './module.ts'
export type { CreditDoor, DisputeNeeds } from './ports.ts'
export { disputedOf, getDispute, leftOutOf, openLinesOf } from './store.ts'
