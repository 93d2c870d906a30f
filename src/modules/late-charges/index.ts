export { amountsText, chargePage } from './charge.ts'
export { lateChargesModule } from './module.ts'
export { settingsOf as lateSettingsOf } from './plan.ts'
