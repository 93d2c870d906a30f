import type { Module } from '../module.ts'
import { customerRoutes } from './routes.ts'

export const customersModule: Module = {
  name: 'customers',
  start: ({ engine }) => ({ routes: customerRoutes(engine) }),
}
