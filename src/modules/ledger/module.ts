import type { Module } from '../module.ts'
import { checkLedger } from './checks.ts'
import { personalRows } from './personal.ts'
import { ledgerRoutes } from './routes.ts'

export const ledgerModule: Module = {
  name: 'ledger',
  personal: personalRows,
  start: () => ({ routes: ledgerRoutes() }),
  check: async ({ db }) => checkLedger(db),
}
