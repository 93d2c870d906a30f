import { KEPT, type PersonalRows } from '../module.ts'

const of = { column: 'account_id', of: 'account' } as const

export const personalRows: readonly PersonalRows[] = [
  {
    table: 'payment_method',
    kind: 'means of payment',
    ...of,
    key: ['id'],
    erased: {
      state: `'removed'`,
      is_default: 'false',
      brand: 'null',
      last4: 'null',
      expires: 'null',
      token_key: 'null',
      token: 'null',
    },
    kept: KEPT.books,
  },
  {
    table: 'payment_attempt',
    kind: 'payment through a gateway',
    ...of,
    key: ['id'],
    erased: { return_url: 'null', payer_url: 'null' },
    kept: KEPT.books,
  },
  { table: 'payment_dispute', kind: 'dispute of a payment', ...of, key: ['id'], kept: KEPT.books },
  { table: 'auto_charge', kind: 'order to be charged by itself', ...of, key: ['account_id'], kept: KEPT.books },
]
