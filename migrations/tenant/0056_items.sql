-- Invoices of lines that somebody wrote. What was asked for stays as it was; the invoice is found by its purpose, `one-off ` and this id.
create table one_off_invoice (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  content jsonb not null,
  requested_by text not null,
  requested_by_person text not null,
  created_at timestamptz not null
);

-- What somebody is shown before it is billed: of a series of its own, in no ledger, and nobody owes it.
create table pro_forma (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  issuer_id uuid not null references issuer (id),
  number bigint not null,
  currency text not null,
  total_minor numeric not null,
  issued_on date not null,
  -- The lines that it was made of; null where it shows the next bill.
  content jsonb,
  document jsonb not null,
  requested_by text not null,
  requested_by_person text not null,
  created_at timestamptz not null,
  unique (issuer_id, number)
);
