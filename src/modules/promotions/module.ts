import type { Module, Parts } from '../module.ts'
import type { Receivables } from '../receivables/index.ts'
import { promotionEvents } from './events.ts'
import { promotionRoutes } from './routes.ts'

export const promotionsModule: Module<Parts & { readonly receivables: Receivables }> = {
  name: 'promotions',
  events: promotionEvents,
  start: ({ engine, receivables }) => ({ routes: promotionRoutes(engine, receivables) }),
}
