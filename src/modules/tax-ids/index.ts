export { type TaxIdNeeds, taxIdsModule } from './module.ts'
