import type { Module, Parts } from '../module.ts'
import type { Receivables } from '../receivables/index.ts'
import { promotionEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { promotionRoutes } from './routes.ts'

export const promotionsModule: Module<Parts & { readonly receivables: Receivables }> = {
  name: 'promotions',
  personal: personalRows,
  events: promotionEvents,
  start: ({ engine, receivables }) => ({ routes: promotionRoutes(engine, receivables) }),
}
