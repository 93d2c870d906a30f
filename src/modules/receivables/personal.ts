import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  { table: 'allocation', kind: 'allocation', column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books },
  {
    table: 'allocation',
    kind: 'allocation of a sponsor',
    column: 'payer_account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  { table: 'refund', kind: 'refund', column: 'account_id', of: 'account', key: ['id'], kept: KEPT.books },
  {
    table: 'balance_opening',
    kind: 'opening of balances',
    column: 'account_id',
    of: 'account',
    key: ['account_id'],
    kept: KEPT.books,
  },
  {
    table: 'daily_fee',
    kind: 'fee of a day',
    column: 'account_id',
    of: 'account',
    key: ['subscription_id', 'price_code', 'day'],
    kept: KEPT.books,
  },
]
