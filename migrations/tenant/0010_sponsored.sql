-- A sponsor's money settles documents of its members. Whose balance it was; null for the account's own.
alter table allocation add column payer_account_id uuid references account (id);
create index allocation_of_payer on allocation (payer_account_id) where payer_account_id is not null;

-- What a sponsor owes for its members is a line of its documents that is about no subscription.
alter table invoice_line
  alter column subscription_id drop not null,
  alter column plan_version_id drop not null;

-- When money of balances was used for what the document left open; null until that was looked at.
alter table invoice add column balance_settled_at timestamptz;
update invoice set balance_settled_at = balance_applied_at;
create index invoice_to_settle on invoice (account_id) where balance_adjustment is not null and balance_settled_at is null;
