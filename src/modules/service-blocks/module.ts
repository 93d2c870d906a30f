import { KEPT, type Module } from '../module.ts'
import { checkStates } from './checks.ts'
import { blockEvents } from './events.ts'
import { followServices } from './follow-services.ts'
import { loadUnread } from './load-barrings.ts'
import { lookAtDue } from './look-at-due.ts'
import { blockRoutes } from './routes.ts'
import { blockSettings } from './settings.ts'

/** How often blocks are looked for that charging has not read, and that have begun or ended. */
const LOOK_EVERY_MS = 500

export const serviceBlocksModule: Module = {
  name: 'service-blocks',
  events: blockEvents,
  settings: [blockSettings],
  personal: [
    {
      ...{ table: 'service_block', kind: 'block of a service', column: 'account_id', of: 'account', key: ['id'] },
      erased: { note: 'null', lift_note: 'null' },
      kept: KEPT.charges,
    },
    {
      ...{ table: 'service_state', kind: 'state of a service', column: 'account_id', of: 'account' },
      key: ['service_id'],
      kept: KEPT.charges,
    },
    {
      ...{
        table: 'service_block_unread',
        kind: 'account whose blocks are to be read',
        column: 'account_id',
        of: 'account',
      },
      key: ['account_id'],
      kept: KEPT.charges,
    },
  ],
  start: ({ db, engine, listTenants, nowMs, timeOf }) => ({
    routes: blockRoutes(),
    subscribers: [followServices(timeOf)],
    repeated: [
      {
        everyMs: LOOK_EVERY_MS,
        work: async (closing) => {
          for (const tenant of await listTenants()) {
            if (closing.aborted) return
            await loadUnread(db, engine, tenant)
            await lookAtDue(db, tenant, nowMs(tenant), closing)
          }
        },
      },
    ],
  }),
  check: async ({ db }) => [await checkStates(db)],
}
