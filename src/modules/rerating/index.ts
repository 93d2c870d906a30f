export { reratingModule } from './module.ts'
