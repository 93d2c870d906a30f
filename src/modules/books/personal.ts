import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'book_line',
    kind: 'line of the books',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'recognition',
    kind: 'revenue by its days',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
