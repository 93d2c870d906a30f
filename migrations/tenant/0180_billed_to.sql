-- Who is billed for the periods of an account, where it is not the account itself: `[{"payerId": …, "fromDay": "2026-03-01"}]`, the earliest first.
alter table account add column billed_to jsonb not null default '[]';
create index account_billed_to on account using gin (billed_to jsonb_path_ops) where billed_to <> '[]';

-- Charges of an account with open balances that a document of another account bills: its balances owe them no more.
create table billed_for (
  invoice_id uuid not null references invoice (id),
  account_id uuid not null references account (id),
  -- What its balances are moved by, at the rating scale.
  adjustment numeric not null,
  -- Null until its balances were told.
  applied_at timestamptz,
  primary key (invoice_id, account_id)
);
create index billed_for_account on billed_for (account_id);
create index billed_for_waiting on billed_for (account_id) where applied_at is null;
