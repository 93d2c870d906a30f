import { countUpTo } from '../../platform/count-up-to.ts'
import type { Module, Parts } from '../module.ts'
import { checkDisputes } from './checks.ts'
import { disputeEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { DisputeNeeds } from './ports.ts'
import { disputeRoutes } from './routes.ts'
import { disputeSettings } from './settings.ts'

export const disputesModule: Module<Parts & DisputeNeeds> = {
  name: 'disputes',
  attention: [
    {
      code: 'disputes',
      scope: 'invoices:read',
      meaning: 'Documents whose lines customers dispute',
      count: async (db) => countUpTo(db, db.selectFrom('dispute').where('status', '=', 'open')),
    },
  ],
  personal: personalRows,
  events: disputeEvents,
  settings: [disputeSettings],
  start: ({ creditDoor, settleOpen }) => ({ routes: disputeRoutes({ creditDoor, settleOpen }) }),
  check: async ({ db }) => [await checkDisputes(db)],
}
