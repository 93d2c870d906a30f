import type { Module } from '../module.ts'
import { billRunJob } from './bill-run.ts'
import { billingScheduleJob } from './bill-schedule.ts'
import { checkWindows } from './check-windows.ts'
import { holdRoutes } from './document-holds.ts'
import { billingEvents } from './events.ts'
import { interimInvoiceJob } from './interim-invoice.ts'
import { billThresholds } from './look-at-usage.ts'
import { billingRoutes } from './routes.ts'
import { billingSettings } from './settings.ts'

/** How often accounts are looked at that may be billed before their periods end. */
const LOOK_EVERY_MS = 5_000

export const billingModule: Module = {
  name: 'billing',
  events: billingEvents,
  settings: [billingSettings],
  start: (parts) => ({
    routes: [...billingRoutes(parts), ...holdRoutes()],
    jobs: [billRunJob(parts), billingScheduleJob(parts), interimInvoiceJob(parts)],
    repeated: [
      { everyMs: LOOK_EVERY_MS, work: async (closing) => billThresholds(parts, await parts.listTenants(), closing) },
    ],
  }),
  check: async ({ db }) => [await checkWindows(db)],
}
