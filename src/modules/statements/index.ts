export { statementsModule } from './module.ts'
export { frameOf } from './papers.ts'
