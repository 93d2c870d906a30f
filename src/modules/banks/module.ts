import { countUpTo } from '../../platform/count-up-to.ts'
import type { Module, Parts } from '../module.ts'
import type { AskReversal } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { checkBanks } from './checks.ts'
import { bankEvents } from './events.ts'
import { lineRoutes } from './line-routes.ts'
import { mandateRoutes } from './mandate-routes.ts'
import { matchJob } from './match-job.ts'
import { personalRows } from './personal.ts'
import type { BankReader } from './ports.ts'
import { bankRoutes } from './routes.ts'
import { sepaRoutes, sepaXmlRoutes } from './sepa-routes.ts'
import { debitSettings } from './sepa-settings.ts'
import { bankSettings } from './settings.ts'

export interface BankNeeds {
  readonly bankReader: BankReader
  readonly receivables: Receivables
  readonly askReversal: AskReversal
}

export const banksModule: Module<Parts & BankNeeds> = {
  name: 'banks',
  attention: [
    {
      code: 'bank_lines',
      scope: 'payments:read',
      meaning: 'Money on bank accounts of which nobody knows what it is for',
      count: async (db) => countUpTo(db, db.selectFrom('bankLine').where('state', '=', 'waiting')),
    },
  ],
  settings: [bankSettings, debitSettings],
  events: bankEvents,
  personal: personalRows,
  start: (needs) => ({
    routes: [
      ...bankRoutes(needs.bankReader),
      ...lineRoutes(needs.receivables, needs.askReversal),
      ...mandateRoutes(),
      ...sepaRoutes(needs.settings, needs.bankReader),
    ],
    jobs: [matchJob(needs)],
  }),
  readingRoutes: () => sepaXmlRoutes(),
  check: async ({ db }) => checkBanks(db),
}
