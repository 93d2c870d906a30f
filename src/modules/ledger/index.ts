export { ledgerModule } from './module.ts'
export { type NewEntry, postEntries, postEntry } from './service.ts'
