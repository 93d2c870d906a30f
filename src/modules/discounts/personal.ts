import { KEPT, type PersonalRows } from '../module.ts'

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'coupon_redemption',
    kind: 'redemption of a coupon',
    column: 'customer_id',
    of: 'customer',
    key: ['id'],
    kept: KEPT.charges,
  },
]
