import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'document_hold',
    kind: 'document that waits',
    column: 'account_id',
    of: 'account',
    key: ['account_id'],
    kept: KEPT.charges,
  },
  {
    table: 'contract_commit',
    kind: 'term of a commit',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
