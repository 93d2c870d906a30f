import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  { table: 'posting', kind: 'ledger posting', column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books },
]
