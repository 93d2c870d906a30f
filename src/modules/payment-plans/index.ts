export { paymentPlansModule } from './module.ts'
export { standingOf as standingOfPlan } from './standing.ts'
export { openPlanFor, plannedDocuments } from './store.ts'
