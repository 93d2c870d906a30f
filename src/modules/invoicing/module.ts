import { isPassing, withPatience } from '../../platform/patience.ts'
import type { Module, Parts, ReadingParts } from '../module.ts'
import { applyPending } from './apply-to-balances.ts'
import { billRunJob } from './bill-run.ts'
import { checkDailyFees } from './check-daily-fees.ts'
import { checkOwed } from './check-owed.ts'
import { checkInvoicing } from './checks.ts'
import { invoicingEvents } from './events.ts'
import type { PdfRenderer } from './ports.ts'
import { lookAtUsage } from './progressive-billing.ts'
import { invoiceReadRoutes } from './read-routes.ts'
import { invoicingRoutes } from './routes.ts'

/** How often accounts are looked at that are billed before their periods end. */
const PROGRESSIVE_EVERY_MS = 5_000

export const invoicingModule: Module<Parts, ReadingParts & { readonly pdf: PdfRenderer }> = {
  name: 'invoicing',
  events: invoicingEvents,
  start: (parts) => {
    const { db, engine, nowMs, listTenants, onFault } = parts
    const closing = new AbortController()
    return {
      routes: invoicingRoutes(parts),
      jobs: [billRunJob(parts)],
      repeated: [
        {
          everyMs: PROGRESSIVE_EVERY_MS,
          work: async (signal) =>
            lookAtUsage(db, engine, await listTenants(), nowMs, {
              closing: signal,
              onFault: onFault('billing before the end of a period failed'),
            }),
        },
      ],
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
  readingRoutes: ({ engine, pdf }) => invoiceReadRoutes(engine, pdf),
  check: async (view) => [
    ...(await checkInvoicing(view.engine, view.db, view.tenant.name)),
    await checkDailyFees(view.db, view.tenant.schema),
    await checkOwed(
      view.engine,
      view,
      view.balances.map(({ balances }) => balances.account),
    ),
  ],
}
