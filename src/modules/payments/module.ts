import type { Module, Parts } from '../module.ts'
import { checkPayments } from './checks.ts'
import { paymentEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { PaymentPorts } from './ports.ts'
import { paymentRoutes } from './routes.ts'

export const paymentsModule: Module<Parts & PaymentPorts> = {
  name: 'payments',
  personal: personalRows,
  events: paymentEvents,
  start: ({ receivables, askReversal }) => ({ routes: paymentRoutes({ receivables, askReversal }) }),
  check: async ({ db, balances }) => checkPayments(db, new Set(balances.map(({ balances: { account } }) => account))),
}
