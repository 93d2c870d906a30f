export { carryOutAcceptance } from './carry-out.ts'
export { disputesModule } from './module.ts'
export type { CreditDoor, DisputeNeeds } from './ports.ts'
export { disputedOf, openLinesOf } from './store.ts'
