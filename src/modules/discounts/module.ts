import type { Module, Parts } from '../module.ts'
import { discountEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { ListGiven } from './ports.ts'
import { discountRoutes } from './routes.ts'

export const discountsModule: Module<Parts & { readonly givenByDiscounts: ListGiven }> = {
  name: 'discounts',
  personal: personalRows,
  events: discountEvents,
  start: ({ givenByDiscounts }) => ({ routes: discountRoutes(givenByDiscounts) }),
}
