import { countUpTo } from '../../platform/count-up-to.ts'
import type { Module, Parts } from '../module.ts'
import { approvalEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { ApprovalNeeds } from './ports.ts'
import { approvalRoutes } from './routes.ts'

export const approvalsModule: Module<Parts & ApprovalNeeds> = {
  name: 'approvals',
  attention: [
    {
      code: 'approvals',
      scope: 'balances:read',
      meaning: 'Requests that wait for a second person',
      count: async (db) => countUpTo(db, db.selectFrom('approvalRequest').where('status', '=', 'pending')),
    },
  ],
  personal: personalRows,
  events: approvalEvents,
  start: ({ engine, carryOut }) => ({ routes: approvalRoutes({ engine, carryOut }) }),
}
