import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'payment',
    kind: 'payment',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    erased: { metadata: `'{}'::jsonb` },
    kept: KEPT.books,
  },
  {
    table: 'payment_reversal',
    kind: 'reversal of a payment',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
]
