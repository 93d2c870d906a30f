export { billingOf } from './account-lines.ts'
export { issueCorrectionNote } from './correction-note.ts'
export { takeFeesOfNewDays } from './daily-fees.ts'
export { billingModule } from './module.ts'
