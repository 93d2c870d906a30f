import { systemClock } from '../../platform/clock.ts'
import { countUpTo, newest } from '../../platform/count-up-to.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import type { Module, Parts } from '../module.ts'
import { callbackRoutes } from './callback-routes.ts'
import { checkDeliveries } from './checks.ts'
import { deliveryJob } from './delivery-job.ts'
import { deliveryEvents } from './events.ts'
import { followIssued } from './follow-issued.ts'
import { personalRows } from './personal.ts'
import { preferenceRoutes } from './preference-routes.ts'
import { deliveryRoutes } from './routes.ts'
import { deliverySettings, peppolSettings } from './settings.ts'
import { askDue } from './store.ts'
import { type DeliveryNeeds, Ways } from './ways.ts'

/** How often deliveries are looked for whose peers are to be asked, by the real clock; and of how many in one look. */
const LOOK_EVERY_MS = 5_000
const LOOKED_AT = 100

export const deliveriesModule: Module<Parts & DeliveryNeeds> = {
  name: 'deliveries',
  attention: [
    {
      code: 'deliveries',
      scope: 'invoices:read',
      meaning: 'Documents of the newest 2,000 sent that did not arrive',
      count: async (db) => countUpTo(db, newest(db, 'delivery').where('row.state', '=', 'failed')),
    },
  ],
  personal: personalRows,
  events: deliveryEvents,
  settings: [deliverySettings, peppolSettings],
  start: ({ db, settings, nowMs, writeDocument, ...needs }) => {
    const ways = new Ways(settings, needs)
    return {
      routes: [...deliveryRoutes(), ...preferenceRoutes(), ...callbackRoutes(ways)],
      jobs: [deliveryJob(db, ways, writeDocument)],
      subscribers: [followIssued],
      repeated: [
        {
          everyMs: LOOK_EVERY_MS,
          ofTenant: async (tenant) => {
            await inTransaction(db, async (trx) =>
              askDue(inSchema(trx, tenant.schema), LOOKED_AT, systemClock.nowMs(), nowMs(tenant)),
            )
          },
        },
      ],
    }
  },
  check: async ({ db, tenant }) => checkDeliveries(db, tenant.schema),
}
