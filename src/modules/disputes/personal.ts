import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'dispute',
    kind: 'dispute',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { text: 'null' },
    kept: KEPT.books,
  },
]
