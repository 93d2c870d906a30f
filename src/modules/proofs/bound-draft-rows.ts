import { type BoundRows, cols, ids } from './bound-row.ts'

/** What people said of documents that are not issued yet, what they ask to be billed, and what customers leave as security. */
export const DRAFT_ROWS: readonly BoundRows[] = [
  {
    ...ids,
    kind: 'request of one-off invoice',
    table: 'one_off_invoice',
    columns: cols('key account_id content requested_by requested_by_person created_at'),
  },
  {
    ...ids,
    kind: 'pro forma invoice',
    table: 'pro_forma',
    columns: cols(
      'key account_id issuer_id number currency total_minor issued_on content document requested_by requested_by_person created_at',
    ),
  },
  {
    ...ids,
    kind: 'entry of deposit',
    table: 'deposit_entry',
    columns: cols(
      'key account_id kind currency amount_minor method reason payment_id recorded_by recorded_by_person created_at',
    ),
  },
  {
    ...ids,
    kind: 'approval of draft',
    table: 'draft_approval',
    columns: cols(
      'draft_id account_id billing_day currency total_minor warnings note approved_by approved_by_person approved_at',
    ),
  },
  {
    ...ids,
    kind: 'hold on documents',
    table: 'issue_hold',
    columns: cols('account_id draft_id until_at reason placed_by placed_by_person placed_at'),
  },
  {
    ...ids,
    kind: 'release of hold',
    table: 'issue_hold',
    isFresh: false,
    where: 't.released_at is not null',
    columns: cols('released_by released_by_person released_at'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'late charge',
    table: 'late_charge',
    columns: cols(
      'account_id invoice_id kind currency from_on until_on amount_minor year_days cap_percent segments text one_off_id position charged_at',
    ),
  },
  {
    ...ids,
    kind: 'late charge given back',
    table: 'late_charge_return',
    columns: cols('charge_id account_id kind amount_minor reason credit_note_id made_by made_at'),
  },
]
