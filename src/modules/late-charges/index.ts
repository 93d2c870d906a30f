export { lateChargesModule } from './module.ts'
