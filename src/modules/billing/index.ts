export { issueCorrectionNote } from './correction-note.ts'
export { takeFeesOfNewDays } from './daily-fees.ts'
export { billingOf } from './load-facts.ts'
export { billingModule } from './module.ts'
