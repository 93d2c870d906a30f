export { paymentPagesModule } from './module.ts'
