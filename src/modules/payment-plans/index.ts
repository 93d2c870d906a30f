export { paymentPlansModule } from './module.ts'
export { standingOf as standingOfPlan } from './standing.ts'
export { openPlanFor } from './store.ts'
