import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'usage_correction',
    kind: 'correction of usage',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.charges,
  },
]
