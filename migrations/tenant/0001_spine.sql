-- Customers: who buys, who pays, what usage points at, and on which terms.
create table customer (
  id uuid primary key,
  key text not null unique,
  name text not null,
  email text,
  address text,
  tax_id text,
  language text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table issuer (
  id uuid primary key,
  key text not null unique,
  name text not null,
  address text not null,
  tax_id text,
  bank_details text,
  invoice_series text not null,
  credit_note_series text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table account (
  id uuid primary key,
  key text not null unique,
  customer_id uuid not null references customer (id),
  issuer_id uuid not null references issuer (id),
  currency text not null,
  zone text not null,
  cycle_unit text not null,
  cycle_count integer not null check (cycle_count > 0),
  cycle_anchor date not null,
  terms_days integer not null check (terms_days >= 0),
  -- Every billing moment before this day is done.
  billed_until date,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index account_of_customer on account (customer_id);

-- One row per key that is ever used: locked while a service of that key is written, so that no two may overlap.
create table service_key (
  key text primary key
);

create table service (
  id uuid primary key,
  key text not null references service_key (key),
  account_id uuid not null references account (id),
  valid_from timestamptz not null,
  valid_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (valid_until is null or valid_until > valid_from)
);
create index service_of_account on service (account_id);
create index service_by_key on service (key);

-- Catalogue: meters, schedules and plan versions are immutable once published.
create table meter (
  code text primary key,
  position integer not null unique,
  content jsonb not null,
  published_at timestamptz not null
);

create table schedule (
  code text primary key,
  content jsonb not null,
  digest bytea not null,
  published_at timestamptz not null
);

create table plan_version (
  id uuid primary key,
  code text not null,
  version integer not null,
  content jsonb not null,
  digest bytea not null,
  published_at timestamptz not null,
  unique (code, version)
);

create table subscription (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  -- Null covers every service of the account.
  service_id uuid references service (id),
  plan_version_id uuid not null references plan_version (id),
  quantity integer not null check (quantity > 0),
  starts_at timestamptz not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (ends_at is null or ends_at > starts_at)
);
create index subscription_of_account on subscription (account_id);

-- Engine: who owns a partition, its journal, and the counters as checkpoints of it.
create table partition (
  id integer primary key,
  owner text,
  epoch bigint not null,
  lease_until timestamptz,
  head_seq bigint not null,
  head_digest bytea not null,
  -- Counters have the facts of every segment up to here, at least.
  checkpoint_seq bigint not null,
  hash_seed bytea not null
);

create table segment (
  partition_id integer not null references partition (id),
  seq bigint not null,
  epoch bigint not null,
  codec integer not null,
  committed_at timestamptz not null,
  usage_from timestamptz,
  usage_until timestamptz,
  received integer not null,
  charged integer not null,
  suspended integer not null,
  duplicates integer not null,
  recycled integer not null,
  payload bytea not null,
  digest bytea not null,
  previous_digest bytea not null,
  primary key (partition_id, seq)
);
-- Payloads are compressed already.
alter table segment alter column payload set storage external;

create table counter (
  subscription_id uuid not null,
  plan_version_id uuid not null,
  price_code text not null,
  cell text not null,
  period_start date not null,
  measures numeric[] not null,
  -- At the currency's rating scale.
  amount numeric not null,
  records bigint not null,
  as_of_seq bigint not null,
  primary key (subscription_id, plan_version_id, price_code, cell, period_start)
);

-- Usage: what could not be charged, and deliveries of files.
create table usage_import (
  id uuid primary key,
  name text not null,
  fingerprint text not null,
  delivery integer not null,
  mapping jsonb not null,
  header jsonb,
  status text not null,
  size_bytes bigint not null,
  next_offset bigint not null,
  rows bigint not null,
  received bigint not null,
  charged bigint not null,
  suspended bigint not null,
  duplicates bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (fingerprint, delivery)
);

create table suspense (
  id uuid primary key,
  status text not null,
  reason text not null,
  detail text not null,
  -- JSON text of the record as far as it could be read; corrections replace it.
  record text not null,
  original_record text not null,
  source text not null,
  record_id text not null,
  service text not null,
  type text not null,
  fingerprint bytea not null,
  import_id uuid references usage_import (id),
  note text,
  received_at timestamptz not null,
  updated_at timestamptz not null
);
create index suspense_open on suspense (reason, id) where status = 'open';

-- Invoicing: documents are immutable once issued; states are derived from allocations and dates.
create table document_series (
  issuer_id uuid not null references issuer (id),
  series text not null,
  last_number bigint not null,
  primary key (issuer_id, series)
);

create table bill_run (
  id uuid primary key,
  until_day date not null unique,
  status text not null,
  accounts_total integer not null,
  accounts_done integer not null,
  documents integer not null,
  error text,
  created_at timestamptz not null,
  finished_at timestamptz
);

create table invoice (
  id uuid primary key,
  kind text not null,
  issuer_id uuid not null references issuer (id),
  series text not null,
  number bigint not null,
  account_id uuid not null references account (id),
  -- The billing moment, and why there is a document at it: one document each.
  billing_day date not null,
  purpose text not null,
  currency text not null,
  -- Minor units; a credit note's are negative.
  total_minor numeric not null,
  issued_on date not null,
  due_on date not null,
  -- Seller, buyer, periods, lines and totals as they were when it was issued.
  document jsonb not null,
  issued_at timestamptz not null,
  unique (issuer_id, series, number),
  unique (account_id, billing_day, purpose)
);
create index invoice_of_account on invoice (account_id, issued_on);

create table invoice_line (
  id uuid primary key,
  invoice_id uuid not null references invoice (id),
  position integer not null,
  kind text not null,
  account_id uuid not null references account (id),
  subscription_id uuid not null references subscription (id),
  plan_version_id uuid not null references plan_version (id),
  price_code text not null,
  cell text not null,
  period_start date not null,
  period_end date not null,
  is_late boolean not null,
  description text not null,
  -- Usage: the counter's measures that this line and the lines before it stand for.
  measures numeric[],
  records bigint,
  -- The last journal segment whose records are in this line.
  through_seq bigint,
  -- The exact price of what the counter stood at, as a decimal or a fraction.
  exact_amount text not null,
  amount_minor numeric not null,
  unique (invoice_id, position)
);
create index invoice_line_of_subscription on invoice_line (subscription_id, price_code, cell, period_start);
create index invoice_line_of_account on invoice_line (account_id);

-- Payments and what they settle.
create table payment (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  method text not null,
  currency text not null,
  amount_minor numeric not null check (amount_minor > 0),
  received_on date not null,
  reference text,
  created_at timestamptz not null
);
create index payment_of_account on payment (account_id);

create table allocation (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- Money of a payment, or of a credit note.
  payment_id uuid references payment (id),
  credit_note_id uuid references invoice (id),
  invoice_id uuid not null references invoice (id),
  amount_minor numeric not null check (amount_minor > 0),
  allocated_at timestamptz not null,
  check ((payment_id is null) <> (credit_note_id is null))
);
create index allocation_of_invoice on allocation (invoice_id);
create index allocation_of_payment on allocation (payment_id);
create index allocation_of_credit_note on allocation (credit_note_id);

-- Ledger: entries of postings that sum to zero per currency. Debits are positive.
create table posting (
  id uuid primary key,
  entry_id uuid not null,
  template text not null,
  ledger_account text not null,
  -- The billing account, where the ledger account is kept per account.
  account_id uuid references account (id),
  currency text not null,
  amount_minor numeric not null,
  document_id uuid not null,
  posted_at timestamptz not null
);
create index posting_of_entry on posting (entry_id);
create index posting_of_document on posting (document_id);

-- Answers to writes, by the caller's key.
create table idempotency (
  key text primary key,
  request_sha256 bytea not null,
  status integer not null,
  body text not null,
  created_at timestamptz not null
);
