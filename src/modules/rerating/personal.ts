import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 're_rating_account',
    kind: 're-rating',
    column: 'account_id',
    of: 'account',
    key: ['re_rating_id', 'account_id'],
    kept: KEPT.charges,
  },
]
