import { type BoundRows, cols, ids } from './bound-row.ts'

/** Rows of money that came in to be used, what of it was sold with its tax, and what was taken back. */
export const BALANCE_ROWS: readonly BoundRows[] = [
  {
    ...ids,
    kind: 'top-up',
    table: 'top_up',
    columns: cols('key account_id currency amount_minor method reference bonuses created_at unit units unit_price'),
  },
  {
    ...ids,
    kind: 'reversal of top-up',
    table: 'top_up_reversal',
    columns: cols('top_up_id account_id reason reversed_by created_at owed_again_minor'),
  },
  {
    ...ids,
    kind: 'sale of prepaid money',
    table: 'prepaid_sale',
    columns: cols(
      'account_id origin key currency gross_minor net_minor taxes tax_class description sold_on created_at',
    ),
  },
  {
    kind: 'sale of prepaid money that was taken back',
    table: 'prepaid_taking',
    key: 'sale_id',
    keyType: 'uuid',
    isFresh: false,
    columns: cols('account_id left_minor owed_again_minor reason reversed_by created_at'),
  },
  {
    ...ids,
    kind: 'balance entry',
    table: 'balance_entry',
    columns: cols('account_id kind unit amount key note created_at'),
  },
]
