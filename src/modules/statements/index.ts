export { statementsModule } from './module.ts'
export { frameOf, receiptPaper } from './papers.ts'
