export { cashDeskModule } from './module.ts'
export { cancelReceiptOf } from './receipts.ts'
export { deskOf, getMovement, type Movement } from './store.ts'
