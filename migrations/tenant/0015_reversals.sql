-- Every step that moves money can be undone by another step; nothing is edited. A payment or a top-up is reversed once.
create table payment_reversal (
  id uuid primary key,
  payment_id uuid not null unique references payment (id),
  account_id uuid not null references account (id),
  amount_minor numeric not null check (amount_minor > 0),
  reason text not null,
  reversed_by text not null,
  created_at timestamptz not null,
  -- As of payments: whether open balances are to be told of it, and when they were.
  raises_owed boolean not null,
  balance_applied_at timestamptz
);
create index payment_reversal_of_account on payment_reversal (account_id);
create index payment_reversal_to_apply on payment_reversal (account_id) where raises_owed and balance_applied_at is null;

create table top_up_reversal (
  id uuid primary key,
  top_up_id uuid not null unique references top_up (id),
  account_id uuid not null references account (id),
  reason text not null,
  reversed_by text not null,
  created_at timestamptz not null,
  -- What the top-up had paid for and is owed again, in minor units rounded up: documents that it settled open by as much.
  owed_again_minor numeric not null
);
create index top_up_reversal_of_account on top_up_reversal (account_id);

-- A reversal takes an allocation back by a second one below zero.
alter table allocation
  drop constraint allocation_amount_minor_check,
  add constraint allocation_amount_not_zero check (amount_minor <> 0);

-- Units that were sold: how many, and at what price each. Null where money comes in to be used as such.
alter table top_up
  add column unit text,
  add column units numeric,
  add column unit_price numeric;

-- Fees that a plan takes day by day: one row for each day, also where the money had ended.
create table daily_fee (
  subscription_id uuid not null references subscription (id),
  price_code text not null,
  day date not null,
  account_id uuid not null references account (id),
  plan_version_id uuid not null references plan_version (id),
  -- What the day costs, and whether it was taken.
  amount_minor numeric not null,
  is_paid boolean not null,
  taken_at timestamptz not null,
  primary key (subscription_id, price_code, day)
);
create index daily_fee_of_account on daily_fee (account_id, day);
