import type { Settlement } from '../balances/index.ts'
import type { Module, Parts } from '../module.ts'
import { promotionEvents } from './events.ts'
import { promotionRoutes } from './routes.ts'

export const promotionsModule: Module<Parts & { readonly settlement: Settlement }> = {
  name: 'promotions',
  events: promotionEvents,
  start: ({ engine, settlement }) => ({ routes: promotionRoutes(engine, settlement) }),
}
