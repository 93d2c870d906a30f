export { attachmentsModule } from './module.ts'
