-- Charging terms of an account: how far it may go into credit, who pays for it, and what it is watched for.
alter table account
  -- Minor units; null lets the account owe whatever it uses.
  add column credit_limit_minor numeric check (credit_limit_minor >= 0),
  add column sponsor_account_id uuid references account (id),
  -- What may be used of the sponsor's in a billing period, by unit; money under "".
  add column sponsor_caps jsonb not null default '{}',
  add column thresholds jsonb not null default '[]';

-- The chain runs over digests of payloads, so that it can be followed without them.
alter table segment add column payload_digest bytea not null;

-- Engine: balances of accounts that have any, as checkpoints of the journal.
create table account_balance (
  account_id uuid primary key,
  -- Lots, holds, sessions and totals; big integers as {"$n": "…"}.
  content jsonb not null,
  as_of_seq bigint not null
);

-- Money that came in to be used, with the bonuses that came along.
create table top_up (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  currency text not null,
  amount_minor numeric not null check (amount_minor > 0),
  method text not null,
  reference text,
  bonuses jsonb not null,
  created_at timestamptz not null
);
create index top_up_of_account on top_up (account_id, id);

-- Everything that moved balances but usage: what a statement lists. Amounts are decimals of the unit.
create table balance_entry (
  id uuid primary key,
  account_id uuid not null references account (id),
  kind text not null,
  -- Null for money of the account's currency.
  unit text,
  amount numeric not null,
  -- The caller's key where there is one; an operation with the same kind and key has one effect.
  key text,
  note text,
  created_at timestamptz not null,
  unique (account_id, kind, key)
);
create index balance_entry_of_account on balance_entry (account_id, created_at);

-- What comes along with top-ups: a share or a fixed amount, from a threshold on, the first time only.
create table bonus_rule (
  code text primary key,
  content jsonb not null,
  updated_at timestamptz not null
);

-- Codes are shown once, when their batch is made; what is kept is their SHA-256.
create table voucher_batch (
  id uuid primary key,
  key text not null unique,
  currency text,
  content jsonb not null,
  vouchers integer not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null
);
create table voucher (
  code_sha256 bytea primary key,
  batch_id uuid not null references voucher_batch (id),
  redeemed_by uuid references account (id),
  redeemed_at timestamptz
);
create index voucher_of_batch on voucher (batch_id);
create table voucher_failure (
  id uuid primary key,
  account_id uuid not null references account (id),
  created_at timestamptz not null
);
create index voucher_failure_of_account on voucher_failure (account_id, created_at);

-- Corrections by hand. Above the limit of the tenant a second person approves.
create table adjustment (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  content jsonb not null,
  reason text not null,
  status text not null,
  requested_by text not null,
  decided_by text,
  created_at timestamptz not null,
  decided_at timestamptz
);

create table charging_settings (
  one boolean primary key default true check (one),
  content jsonb not null
);

-- What happened that others should hear of. Deliveries read it in order.
create table outbox (
  id uuid primary key,
  kind text not null,
  account_id uuid,
  payload jsonb not null,
  created_at timestamptz not null
);

-- Documents and balances: what a document bills beyond the charges of usage is taken from the balance afterwards. Null
-- where the account has no balances.
alter table invoice
  add column balance_adjustment numeric,
  add column balance_applied_at timestamptz;
create index invoice_to_apply on invoice (account_id) where balance_adjustment is not null and balance_applied_at is null;

-- A payment lowers what an account with balances owes. Null where the account has none.
alter table payment
  add column lowers_owed boolean not null default false,
  add column balance_applied_at timestamptz;
create index payment_to_apply on payment (account_id) where lowers_owed and balance_applied_at is null;

-- Money of balances settles invoices, too.
alter table allocation
  add column balance_source text,
  drop constraint allocation_check,
  add constraint allocation_source check (num_nonnulls(payment_id, credit_note_id, balance_source) = 1);
create index allocation_of_account on allocation (account_id);
