import { AS_SEALED, accountOf, invoiceOf, type Tampering } from './tampering.ts'

/** What bills follow from beside documents and payments: until when, from when, how much of the balance, and what is printed. */
export const BILLING_TAMPERINGS: readonly Tampering[] = [
  {
    what: 'an account counts as billed until another day',
    table: 'account',
    where: `key = 'ann'`,
    set: 'billed_until = billed_until - 31',
    found: AS_SEALED,
    named: /^billing of account .* was changed/,
  },
  {
    what: 'an account counts as never billed',
    table: 'account',
    where: `key = 'bob'`,
    set: 'billed_until = null',
    found: AS_SEALED,
    named: /^billing of account .* was taken away/,
  },
  {
    what: 'a plan version is for sale from another time on',
    table: 'plan_version',
    where: `code = 'monthly'`,
    set: `available_from = '2026-06-01'`,
    found: AS_SEALED,
    named: /^availability of plan version .* was changed/,
  },
  {
    what: 'a document takes more from the balance',
    table: 'invoice',
    where: 'balance_adjustment is not null',
    set: 'balance_adjustment = balance_adjustment + 100000000, balance_applied_at = null',
    found: AS_SEALED,
    named: /^document for balances .* was changed/,
  },
  {
    what: 'balances had taken up more payments when they opened',
    table: 'balance_opening',
    where: `account_id = ${accountOf('late')}`,
    set: 'payments_minor = payments_minor + 100',
    found: AS_SEALED,
    named: /^opening of balances .* was changed/,
  },
  {
    what: 'an opening of balances is deleted',
    table: 'balance_opening',
    where: `account_id = ${accountOf('late')}`,
    found: AS_SEALED,
    named: /^opening of balances .* was taken away/,
  },
  {
    what: 'a day of a fee is of another plan version',
    table: 'daily_fee',
    where: 'true',
    set: `plan_version_id = (select id from plan_version where code = 'monthly')`,
    found: AS_SEALED,
    named: /^day of fee .* was changed/,
  },
  {
    what: 'a day of a fee that was not paid is deleted',
    table: 'daily_fee',
    // Without the last one of a subscription, its days would be taken once more by the server.
    where: 'not is_paid and (subscription_id, day) not in (select subscription_id, max(day) from daily_fee group by 1)',
    found: AS_SEALED,
    named: /^day of fee .* was taken away/,
  },
  ...['quantity', 'unitAmount', 'amount', 'exactAmount'].map((field) => ({
    what: `the ${field} that a line prints is changed`,
    table: 'invoice',
    where: `id = ${invoiceOf('ann')}`,
    set: `document = jsonb_set(document, '{lines,0,${field}}', '"77"')`,
    found: 'every line multiplies out',
    named: /^INV-\S+ line 1: /,
  })),
]
