import type { Tenant } from '../../platform/tenant.ts'
import type { Module, Parts } from '../module.ts'
import type { PaymentPorts } from '../payments/index.ts'
import { checkBalances } from './checks.ts'
import { chargingEvents } from './events.ts'
import { chargingRoutes } from './routes.ts'
import type { Settlement } from './service.ts'
import { sweepBalances } from './sweep.ts'

/** How often holds and lots whose time is over are looked for. */
const SWEEP_EVERY_MS = 1_000

export interface ChargingNeeds {
  readonly settlement: Settlement
  readonly documents: PaymentPorts
  /** Takes what is due of balances before money that has expired leaves them. */
  readonly takeDueFees: (tenants: readonly Tenant[]) => Promise<void>
}

export const chargingModule: Module<Parts & ChargingNeeds> = {
  name: 'charging',
  events: chargingEvents,
  start: ({ engine, nowMs, listTenants, settlement, documents, takeDueFees }) => ({
    routes: chargingRoutes({ engine, settlement, documents }),
    repeated: [
      {
        everyMs: SWEEP_EVERY_MS,
        work: async () => {
          const tenants = await listTenants()
          await takeDueFees(tenants)
          await sweepBalances(engine, tenants, nowMs)
        },
      },
    ],
  }),
  check: async (view) => checkBalances(view),
}
