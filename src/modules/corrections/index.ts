export { listCorrections } from './correction-store.ts'
export { correctionsModule } from './module.ts'
