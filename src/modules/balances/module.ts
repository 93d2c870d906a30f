import type { Tenant } from '../../platform/tenant.ts'
import type { Module, Parts } from '../module.ts'
import type { Receivables } from '../receivables/index.ts'
import { checkBalances } from './checks.ts'
import { balanceEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { balanceRoutes } from './routes.ts'
import { expireDue } from './sweep.ts'
import type { TopUps } from './top-ups.ts'

/** How often holds and lots whose time is over are looked for. */
const SWEEP_EVERY_MS = 1_000

export interface BalanceNeeds {
  readonly receivables: Receivables
  /** Money that comes in to be used, through whatever door: those of a tenant are decided together. */
  readonly topUps: TopUps
  /** Takes what is due of balances before money that has expired leaves them. */
  readonly takeDueFees: (tenant: Tenant) => Promise<void>
}

export const balancesModule: Module<Parts & BalanceNeeds> = {
  name: 'balances',
  personal: personalRows,
  events: balanceEvents,
  start: ({ engine, nowMs, receivables, topUps, takeDueFees }) => ({
    routes: balanceRoutes({ engine, receivables, topUps }),
    repeated: [
      {
        everyMs: SWEEP_EVERY_MS,
        ofTenant: async (tenant) => {
          await takeDueFees(tenant)
          if (engine.isAwake(tenant.name)) await expireDue(engine, tenant, nowMs(tenant))
        },
      },
    ],
  }),
  check: async (view) => checkBalances(view),
}
