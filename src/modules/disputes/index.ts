export { carryOutAcceptance } from './carry-out.ts'
export { disputesModule } from './module.ts'
export type { CreditDoor, DisputeNeeds } from './ports.ts'
export { disputedOf, getDispute, openLinesOf } from './store.ts'
