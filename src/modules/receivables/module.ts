import { isPassing, withPatience } from '../../platform/patience.ts'
import type { Module, Parts } from '../module.ts'
import { applyPending } from './apply-to-balances.ts'
import { checkDailyFees } from './check-daily-fees.ts'
import { checkOwed } from './check-owed.ts'
import { checkAllocations } from './checks.ts'
import { receivableEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { Receivables } from './receivables.ts'
import { refundRoutes } from './refund-routes.ts'

export const receivablesModule: Module<Parts & { readonly receivables: Receivables }> = {
  name: 'receivables',
  personal: personalRows,
  events: receivableEvents,
  start: ({ db, engine, nowMs, onFault, receivables }) => {
    const closing = new AbortController()
    return {
      routes: refundRoutes(receivables),
      resume: async (tenant) => {
        const apply = async (): Promise<void> => applyPending(db, engine, tenant, nowMs(tenant))
        // Another server may own the journal, until it ends or its lease has run out: nobody waits for that to start.
        await apply().catch((error: unknown) => {
          if (!isPassing(error)) throw error
          const onLateFault = onFault('documents and payments could not be told to balances')
          void withPatience(apply, () => closing.signal.aborted, engine.pause).catch(onLateFault)
        })
      },
      close: async () => closing.abort(),
    }
  },
  check: async (view) => [
    ...(await checkAllocations(view.db, view.tenant.schema)),
    await checkDailyFees(view.db, view.tenant.schema),
    await checkOwed(
      view.engine,
      view,
      view.balances.map(({ balances }) => balances.account),
    ),
  ],
}
