import { KEPT, type Module, type Parts } from '../module.ts'
import { checkPlans } from './checks.ts'
import { paymentPlanEvents } from './events.ts'
import { followPaid, planJob } from './follow.ts'
import { paymentPlanRoutes } from './routes.ts'

export const paymentPlansModule: Module<Parts> = {
  name: 'payment-plans',
  events: paymentPlanEvents,
  personal: [
    {
      table: 'payment_plan',
      kind: 'promise to pay',
      column: 'account_id',
      of: 'account',
      key: ['id'],
      erased: { promised_by: 'null', note: 'null' },
      kept: KEPT.books,
    },
  ],
  start: ({ db }) => ({ routes: paymentPlanRoutes(), jobs: [planJob(db)], subscribers: [followPaid] }),
  check: async ({ db }) => [await checkPlans(db)],
}
