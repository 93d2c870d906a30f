import type { Module } from '../module.ts'
import { customerEvents } from './events.ts'
import { customerRoutes } from './routes.ts'

export const customersModule: Module = {
  name: 'customers',
  events: customerEvents,
  start: ({ engine }) => ({ routes: customerRoutes(engine) }),
}
