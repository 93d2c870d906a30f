-- Rows of a segment that take back or replace what was charged before.
alter table segment add column corrected integer not null default 0;

-- Corrections of single records: who, when, why, and the record before and after. The journal has the charges.
create table usage_correction (
  id uuid primary key,
  key text not null unique,
  -- Of the request, so that a key stands for one.
  request_sha256 bytea not null,
  source text not null,
  record_id text not null,
  action text not null,
  reason text not null,
  requested_by text not null,
  account_id uuid not null references account (id),
  currency text not null,
  record_before jsonb not null,
  record_after jsonb,
  -- At the rating scale: the change of what the account is charged.
  difference numeric not null,
  seq bigint not null,
  created_at timestamptz not null
);
create index usage_correction_of_record on usage_correction (source, record_id, id);

-- Which rows of which segments a file was charged in.
create table usage_import_rows (
  import_id uuid not null references usage_import (id),
  seq bigint not null,
  from_row integer not null,
  until_row integer not null,
  primary key (import_id, seq, from_row)
);

-- Files that are retracted as a whole.
create table usage_retraction (
  id uuid primary key,
  key text not null unique,
  import_id uuid not null references usage_import (id),
  reason text not null,
  requested_by text not null,
  status text not null,
  records_total bigint not null,
  records_retracted bigint not null,
  -- Those that single corrections have retracted before.
  records_gone bigint not null,
  suspense_written_off bigint not null,
  done_seq bigint not null,
  error text,
  created_at timestamptz not null,
  finished_at timestamptz
);

-- Re-ratings: what was charged under some plan versions is charged under others.
create table re_rating (
  id uuid primary key,
  key text not null unique,
  status text not null,
  -- Of plan versions, as {"from": …, "to": …}.
  plans jsonb not null,
  -- Null is all accounts.
  account_ids uuid[],
  -- Local days of the accounts, half-open, by the records' own times.
  from_day date not null,
  until_day date not null,
  reason text not null,
  requested_by text not null,
  decided_by text,
  -- The last account that the dry run has looked at.
  tried_through uuid,
  documents integer not null,
  error text,
  created_at timestamptz not null,
  decided_at timestamptz,
  finished_at timestamptz,
  check (until_day > from_day)
);

-- What a re-rating would do to an account by the dry run, and what it has done. Amounts at the rating scale.
create table re_rating_account (
  re_rating_id uuid not null references re_rating (id),
  account_id uuid not null references account (id),
  currency text not null,
  status text not null,
  records bigint not null,
  -- Records that stay as they are, and why the first of them does.
  left_out bigint not null,
  fault text,
  before_amount numeric not null,
  after_amount numeric not null,
  difference numeric not null,
  applied_records bigint not null,
  applied_difference numeric not null,
  -- Whether documents of billed periods were corrected, and by which.
  is_noted boolean not null,
  document_id uuid references invoice (id),
  primary key (re_rating_id, account_id)
);
