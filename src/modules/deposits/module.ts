import type { Module } from '../module.ts'
import { checkDeposits } from './checks.ts'
import { depositEvents } from './events.ts'
import { personalRows } from './personal.ts'
import { depositRoutes } from './routes.ts'

export const depositsModule: Module = {
  name: 'deposits',
  events: depositEvents,
  personal: personalRows,
  start: () => ({ routes: depositRoutes() }),
  check: async ({ db }) => [await checkDeposits(db)],
}
