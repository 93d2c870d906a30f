import type { Module } from '../module.ts'
import { billRunJob } from './bill-run.ts'
import { billingScheduleJob } from './bill-schedule.ts'
import { checkWindows } from './check-windows.ts'
import { billingEvents } from './events.ts'
import { lookAtUsage } from './progressive-billing.ts'
import { billingRoutes } from './routes.ts'
import { billingSettings } from './settings.ts'

/** How often accounts are looked at that are billed before their periods end. */
const PROGRESSIVE_EVERY_MS = 5_000

export const billingModule: Module = {
  name: 'billing',
  events: billingEvents,
  settings: [billingSettings],
  start: (parts) => {
    const { db, engine, timeOf, listTenants, onFault } = parts
    return {
      routes: billingRoutes(parts),
      jobs: [billRunJob(parts), billingScheduleJob(parts)],
      repeated: [
        {
          everyMs: PROGRESSIVE_EVERY_MS,
          work: async (signal) =>
            lookAtUsage(db, engine, await listTenants(), timeOf, {
              closing: signal,
              onFault: onFault('billing before the end of a period failed'),
            }),
        },
      ],
    }
  },
  check: async ({ db }) => [await checkWindows(db)],
}
