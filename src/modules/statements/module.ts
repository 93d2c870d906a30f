import type { Module } from '../module.ts'
import { statementRoutes } from './routes.ts'

export const statementsModule: Module = {
  name: 'statements',
  readingRoutes: ({ engine }) => statementRoutes(engine),
}
