/**
 * Rows that money depends on, and which of their columns never change. The journal vouches for each of them (`seals.ts`),
 * so that a row which somebody changes, moves or takes away without Kvit is found and named by `kvit check`.
 */
export interface BoundRows {
  /** What the check calls them. */
  readonly kind: string
  readonly table: string
  /** The column that names a row, or rows that are made together, such as the lines of a document. */
  readonly key: string
  readonly keyType: 'uuid' | 'text' | 'bytea'
  /** Whether keys grow with time, as ids do: what is old and sealed is not looked through again and again. */
  readonly isFresh: boolean
  readonly columns: readonly string[]
  /** Of rows made together: their order. */
  readonly orderBy?: string
  /** Which of them: those that have come to an end, which nothing changes any more. */
  readonly where?: string
  /** Whether requests change them; each change is noted (`noteChange`), and the row is sealed anew. */
  readonly isChanged?: boolean
}

const ids = { key: 'id', keyType: 'uuid', isFresh: true } as const

/** New columns of a table make a new kind: the digest of a sealed row must stay what it was. */
export const BOUND_ROWS: readonly BoundRows[] = [
  {
    ...ids,
    kind: 'document',
    table: 'invoice',
    columns: cols(
      'kind issuer_id series number account_id billing_day purpose currency total_minor issued_on due_on issued_at',
    ),
  },
  {
    ...ids,
    kind: 'document for balances',
    table: 'invoice',
    columns: cols('balance_adjustment sells_balance'),
    isChanged: true,
  },
  {
    kind: 'lines of document',
    table: 'invoice_line',
    key: 'invoice_id',
    keyType: 'uuid',
    isFresh: true,
    orderBy: 'id',
    columns: cols(
      'id position kind account_id subscription_id plan_version_id price_code cell period_start period_end is_late description measures records through_seq exact_amount amount_minor adjustment basis charged',
    ),
  },
  {
    kind: 'taxes of lines',
    table: 'invoice_line',
    key: 'invoice_id',
    keyType: 'uuid',
    isFresh: true,
    orderBy: 'id',
    where: 't.taxes is not null',
    columns: cols('id taxes net_minor tax_minor'),
  },
  {
    ...ids,
    kind: 'payment',
    table: 'payment',
    columns: cols('key account_id method currency amount_minor received_on reference created_at'),
  },
  {
    ...ids,
    kind: 'reversal of payment',
    table: 'payment_reversal',
    columns: cols('payment_id account_id amount_minor reason reversed_by created_at'),
  },
  {
    ...ids,
    kind: 'allocation',
    table: 'allocation',
    columns: cols(
      'account_id payment_id credit_note_id invoice_id amount_minor allocated_at balance_source payer_account_id',
    ),
  },
  {
    kind: 'ledger entry',
    table: 'posting',
    key: 'entry_id',
    keyType: 'uuid',
    isFresh: true,
    orderBy: 'id',
    columns: cols('id template ledger_account account_id currency amount_minor document_id posted_at'),
  },
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
    kind: 'balance entry',
    table: 'balance_entry',
    columns: cols('account_id kind unit amount key note created_at'),
  },
  {
    ...ids,
    kind: 'adjustment',
    table: 'adjustment',
    columns: cols('key account_id content reason requested_by created_at'),
  },
  {
    ...ids,
    kind: 'decision on adjustment',
    table: 'adjustment',
    isFresh: false,
    where: `t.status <> 'pending'`,
    columns: cols('status decided_by decided_at'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'request of reversal',
    table: 'reversal_request',
    columns: cols(
      'kind subject_id subject_key account_id currency amount_minor reason requested_by requested_by_person created_at expires_at',
    ),
  },
  {
    ...ids,
    kind: 'decision on reversal',
    table: 'reversal_request',
    isFresh: false,
    where: `t.status <> 'pending'`,
    columns: cols('status decided_by decided_at'),
    isChanged: true,
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
    kind: 'batch of vouchers',
    table: 'voucher_batch',
    columns: cols('key currency content vouchers expires_at created_at'),
  },
  {
    kind: 'redeemed voucher',
    table: 'voucher',
    key: 'code_sha256',
    keyType: 'bytea',
    isFresh: false,
    where: 't.redeemed_by is not null',
    columns: cols('batch_id redeemed_by redeemed_at'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'referral',
    table: 'referral',
    columns: cols('key program referrer_account_id referred_account_id content created_at'),
  },
  {
    ...ids,
    kind: 'coupon',
    table: 'coupon',
    columns: cols(
      'code name currency terms is_automatic by_batch max_redemptions max_per_customer valid_from valid_until',
    ),
  },
  {
    ...ids,
    kind: 'redemption of coupon',
    table: 'coupon_redemption',
    columns: cols(
      'key coupon_id customer_id account_id subscription_id from_day until_day created_at issued_after due_from',
    ),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'account',
    table: 'account',
    columns: cols(
      'key customer_id issuer_id currency zone cycle_unit cycle_count cycle_anchor terms_days credit_limit_minor sponsor_account_id sponsor_caps thresholds progressive_threshold_minor progressive_repeats',
    ),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'prices of account',
    table: 'account',
    where: 't.prices_include_tax',
    columns: cols('prices_include_tax'),
  },
  {
    ...ids,
    kind: 'issuer',
    table: 'issuer',
    columns: cols(
      'standing registrations postal_address one_stop_shop below_threshold tax_rounding withholding tax_id',
    ),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'customer',
    table: 'customer',
    where: 't.kind is not null',
    columns: cols('kind postal_address tax_ids certificates evidence tax_id'),
    isChanged: true,
  },
  { ...ids, kind: 'tax rate', table: 'tax_rate', columns: cols('content source as_of created_at') },
  {
    ...ids,
    kind: 'billing of account',
    table: 'account',
    where: 't.billed_until is not null',
    columns: cols('billed_until'),
    isChanged: true,
  },
  {
    kind: 'opening of balances',
    table: 'balance_opening',
    key: 'account_id',
    keyType: 'uuid',
    isFresh: false,
    columns: cols('opened_at billed_charges documents_minor payments_minor'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'day of fee',
    table: 'daily_fee',
    columns: cols('subscription_id price_code day account_id plan_version_id amount_minor'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'service',
    table: 'service',
    columns: cols('key account_id valid_from valid_until'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'subscription',
    table: 'subscription',
    columns: cols(
      'key account_id service_id plan_version_id quantity starts_at ends_at alignment trial_days term_unit term_count renews parent_id',
    ),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'change of subscription',
    table: 'subscription_change',
    columns: cols('subscription_id position effective_at kind content note recorded_at withdrawn_at'),
    isChanged: true,
  },
  {
    ...ids,
    kind: 'plan version',
    table: 'plan_version',
    columns: cols('code version currency content digest base_version_id subscription_id published_at'),
  },
  { ...ids, kind: 'availability of plan version', table: 'plan_version', columns: cols('available_from') },
  {
    kind: 'meter',
    table: 'meter',
    key: 'code',
    keyType: 'text',
    isFresh: false,
    columns: cols('position content published_at'),
  },
  {
    kind: 'schedule',
    table: 'schedule',
    key: 'code',
    keyType: 'text',
    isFresh: false,
    columns: cols('content digest published_at'),
  },
  {
    ...ids,
    kind: 'rate deck',
    table: 'rate_deck_version',
    columns: [...cols('code version effective_from settings row_count digest'), 'sha256(t.content)'],
  },
  {
    ...ids,
    kind: 'contract commit',
    table: 'contract_commit',
    columns: cols('account_id subscription_id code term_start term_end amount_minor origin opened_at'),
  },
  {
    ...ids,
    kind: 'correction of usage',
    table: 'usage_correction',
    columns: cols(
      'key source record_id action reason requested_by account_id currency record_before record_after difference seq created_at',
    ),
  },
  {
    ...ids,
    kind: 'closing of a period',
    table: 'period_change',
    columns: cols('issuer_id period_id generation kind reason lines digest previous_digest created_at'),
  },
  {
    ...ids,
    kind: 'exchange rate',
    table: 'exchange_rate',
    columns: cols('source day base currency rate created_at'),
  },
  {
    ...ids,
    kind: 'audit entry',
    table: 'audit_entry',
    columns: cols('at request_id outcome actor_kind actor_id person route object fields problem ip user_agent'),
  },
]

function cols(names: string): string[] {
  return names.split(' ')
}
