import type { Module, Parts } from '../module.ts'
import { KEPT } from '../module.ts'
import { taxAnswerRoutes } from './routes.ts'
import { engineSettings } from './settings.ts'

export const taxEngineModule: Module<Parts> = {
  name: 'tax-engine',
  settings: [engineSettings],
  personal: [
    {
      table: 'tax_answer',
      kind: 'answer of an engine of tax',
      column: 'account_id',
      of: 'account',
      key: ['id'],
      erased: {},
      kept: KEPT.books,
    },
  ],
  start: () => ({ routes: taxAnswerRoutes() }),
}
