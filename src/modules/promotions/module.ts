import type { Module, Parts } from '../module.ts'
import { promotionEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { promotionRoutes } from './routes.ts'
import type { VoucherNeeds } from './vouchers.ts'

export const promotionsModule: Module<Parts & VoucherNeeds> = {
  name: 'promotions',
  personal: personalRows,
  events: promotionEvents,
  start: (needs) => ({ routes: promotionRoutes(needs) }),
}
