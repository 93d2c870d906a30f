export { paymentTerminalsModule } from './module.ts'
