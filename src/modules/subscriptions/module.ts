import type { Module } from '../module.ts'
import { subscriptionEvents } from './events.ts'
import { subscriptionRoutes } from './routes.ts'

export const subscriptionsModule: Module = {
  name: 'subscriptions',
  events: subscriptionEvents,
  start: () => ({ routes: subscriptionRoutes() }),
}
