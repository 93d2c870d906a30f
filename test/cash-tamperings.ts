/** Changes of cash without Kvit, how they are put back, and what finds them. */
export const CASH_TAMPERINGS: readonly (readonly [change: string, back: string, found: string])[] = [
  [
    `update cash_receipt set cash_minor = cash_minor - 100 where key = 'same'`,
    `update cash_receipt set cash_minor = cash_minor + 100 where key = 'same'`,
    'closed shifts',
  ],
  [
    `update cash_receipt set amount_minor = 400 where key = 'same'`,
    `update cash_receipt set amount_minor = 300 where key = 'same'`,
    'each receipt of a cash desk',
  ],
  [
    `update cash_receipt set number = 9000 where key = 'same'`,
    `update cash_receipt set number = 2 where key = 'same'`,
    'receipts of cash desks are numbered',
  ],
  [
    `update cash_movement set amount_minor = 1 where kind = 'to_bank'`,
    `update cash_movement set amount_minor = 10000 where kind = 'to_bank'`,
    'cash in drawers',
  ],
  [
    `update cash_desk set drawer_minor = drawer_minor + 1`,
    `update cash_desk set drawer_minor = drawer_minor - 1`,
    'cash in drawers',
  ],
  [
    `update cash_shift set counted_minor = counted_minor + 5`,
    `update cash_shift set counted_minor = counted_minor - 5`,
    'closed shifts',
  ],
]
