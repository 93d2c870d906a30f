import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'referral',
    kind: 'referral that it made',
    column: 'referrer_account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'referral',
    kind: 'referral by which it came',
    column: 'referred_account_id',
    of: 'account',
    key: ['id'],
    kept: KEPT.books,
  },
  {
    table: 'voucher',
    kind: 'redeemed voucher',
    column: 'redeemed_by',
    of: 'account',
    key: ['code_sha256'],
    kept: KEPT.books,
  },
  {
    table: 'voucher_failure',
    kind: 'wrong code of a voucher',
    column: 'account_id',
    of: 'account',
    key: ['id'],
    kept: 'so that codes cannot be guessed',
  },
]
