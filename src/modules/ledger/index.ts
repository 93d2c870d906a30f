export { ledgerModule } from './module.ts'
export { type NewEntry, postEntry, postingRows, postingsOf } from './service.ts'
export { moneyByDay, prepaidHeld } from './sums.ts'
