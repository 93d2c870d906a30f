import type { DisputeNeeds } from '../disputes/index.ts'
import { KEPT, type Module, type Parts } from '../module.ts'
import { checkLateCharges } from './checks.ts'
import { lateEvents } from './events.ts'
import { lateChargesJob } from './job.ts'
import { lateChargeRoutes } from './routes.ts'
import { lateSettings } from './settings.ts'

const ofAccount = { column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books } as const

export const lateChargesModule: Module<Parts & Pick<DisputeNeeds, 'creditDoor'>> = {
  name: 'late-charges',
  events: lateEvents,
  settings: [lateSettings],
  personal: [
    { ...ofAccount, table: 'late_charge', kind: 'late charge' },
    { ...ofAccount, table: 'late_charge_return', kind: 'late charge given back' },
    {
      ...{ table: 'late_charge_standing', kind: 'day until which a document is charged', column: 'account_id' },
      ...({ of: 'account', key: ['invoice_id'], kept: KEPT.books } as const),
    },
  ],
  start: (parts) => ({ routes: lateChargeRoutes(parts), jobs: [lateChargesJob(parts)] }),
  check: async ({ db }) => [await checkLateCharges(db)],
}
