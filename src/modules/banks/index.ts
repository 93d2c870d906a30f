export { type BankNeeds, banksModule } from './module.ts'
export { releaseLineOf } from './undo-match.ts'
