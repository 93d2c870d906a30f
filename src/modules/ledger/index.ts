export { ledgerModule } from './module.ts'
export { type NewEntry, postEntry, postingRows, postingsOf } from './service.ts'
export { type MoneyOfDay, moneyByDay, prepaidHeld } from './sums.ts'
