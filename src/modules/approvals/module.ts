import type { Module, Parts } from '../module.ts'
import { approvalEvents } from './events.ts'
import { personalRows } from './personal.ts'
import type { ApprovalNeeds } from './ports.ts'
import { approvalRoutes } from './routes.ts'

export const approvalsModule: Module<Parts & ApprovalNeeds> = {
  name: 'approvals',
  personal: personalRows,
  events: approvalEvents,
  start: ({ engine, carryOut }) => ({ routes: approvalRoutes({ engine, carryOut }) }),
}
