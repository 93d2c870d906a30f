export { ledgerModule } from './module.ts'
export { type NewEntry, postEntry, postingRows } from './service.ts'
