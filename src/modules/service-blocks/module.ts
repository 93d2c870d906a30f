import type { Tenant } from '../../platform/tenant.ts'
import { KEPT, type Module, type Parts } from '../module.ts'
import { checkStates } from './checks.ts'
import { Dispatcher } from './dispatcher.ts'
import { enforcementRoutes } from './enforcement-routes.ts'
import { blockEvents } from './events.ts'
import { followServices } from './follow-services.ts'
import { loadUnread } from './load-barrings.ts'
import { lookAtDue } from './look-at-due.ts'
import type { EnforcementNeeds } from './ports.ts'
import { blockRoutes } from './routes.ts'
import { blockSettings } from './settings.ts'
import { isAnythingDue } from './store.ts'
import { targetRoutes } from './target-routes.ts'
import { TARGET_SECRETS } from './target-store.ts'

/** How often blocks are looked for that charging has not read, and that have begun or ended. */
const LOOK_EVERY_MS = 500

/** How often is looked for what is to be told again. */
const REPEAT_EVERY_MS = 60_000

export const serviceBlocksModule: Module<Parts & EnforcementNeeds> = {
  name: 'service-blocks',
  events: blockEvents,
  settings: [blockSettings],
  encrypted: [TARGET_SECRETS],
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
      ...{ table: 'enforcement', kind: 'what the network is told of a service', column: 'account_id', of: 'account' },
      key: ['id'],
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
  start: (parts) => {
    const { db, engine, nowMs, timeOf, onFault } = parts
    const dispatcher = new Dispatcher({
      ...parts,
      onFault: onFault('an enforcement target could not be told; it is tried again'),
    })
    const look = async (tenant: Tenant, closing: AbortSignal): Promise<void> => {
      const atMs = nowMs(tenant)
      if (!(await isAnythingDue(db, tenant.schema, atMs))) return
      await loadUnread(db, engine, tenant)
      await lookAtDue(db, tenant, atMs, closing)
      await dispatcher.look(tenant, closing)
    }
    return {
      routes: [...blockRoutes(), ...targetRoutes(parts), ...enforcementRoutes()],
      subscribers: [followServices(timeOf)],
      repeated: [
        { everyMs: LOOK_EVERY_MS, ofTenant: look },
        { everyMs: REPEAT_EVERY_MS, ofTenant: async (tenant) => dispatcher.repeat(tenant) },
      ],
      resume: async (tenant) => dispatcher.resume(tenant),
      close: async () => dispatcher.close(),
    }
  },
  check: async ({ db }) => [await checkStates(db)],
}
