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
