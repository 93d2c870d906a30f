import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'account_balance',
    kind: 'balances',
    column: 'account_id',
    of: 'account',
    key: ['account_id'],
    kept: KEPT.books,
  },
  {
    table: 'balance_entry',
    kind: 'movement of a balance',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  { table: 'top_up', kind: 'top-up', column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books },
  {
    table: 'top_up_reversal',
    kind: 'reversal of a top-up',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'prepaid_sale',
    kind: 'prepaid money that was sold with its tax',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'prepaid_taking',
    kind: 'prepaid money that was taken back',
    column: 'account_id',
    of: 'account',
    key: ['sale_id'],
    kept: KEPT.books,
  },
  { table: 'adjustment', kind: 'adjustment', column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books },
]
