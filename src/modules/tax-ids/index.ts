export { type TaxIdNeeds, taxIdsModule } from './module.ts'
export { proofsOf, type TaxIdStanding, taxIdStandings } from './policy.ts'
