export { type OverviewNeeds, overviewModule } from './module.ts'
