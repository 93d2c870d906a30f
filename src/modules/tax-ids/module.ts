import type { Module, Parts } from '../module.ts'
import { KEPT } from '../module.ts'
import { taxIdChecked } from './events.ts'
import { taxIdSettings } from './policy.ts'
import type { TaxIdRegister } from './ports.ts'
import { taxIdRoutes } from './routes.ts'

export interface TaxIdNeeds {
  readonly taxIdRegister: TaxIdRegister
}

export const taxIdsModule: Module<Parts & TaxIdNeeds> = {
  name: 'tax-ids',
  events: [taxIdChecked],
  settings: [taxIdSettings],
  personal: [
    {
      table: 'tax_id_check',
      kind: 'check of a tax id',
      column: 'customer_id',
      of: 'customer',
      key: ['id'],
      erased: { name: 'null', address: 'null' },
      kept: KEPT.books,
    },
  ],
  start: ({ taxIdRegister }) => ({ routes: taxIdRoutes(taxIdRegister) }),
}
