export { depositsModule } from './module.ts'
