export { listBonusRules } from './bonus-rule-store.ts'
export { promotionsModule } from './module.ts'
