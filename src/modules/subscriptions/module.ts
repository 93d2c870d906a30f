import type { Module } from '../module.ts'
import { subscriptionEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { subscriptionRoutes } from './routes.ts'

export const subscriptionsModule: Module = {
  name: 'subscriptions',
  personal: personalRows,
  events: subscriptionEvents,
  start: () => ({ routes: subscriptionRoutes() }),
}
