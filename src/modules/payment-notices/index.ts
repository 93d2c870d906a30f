export { paymentNoticesModule } from './module.ts'
