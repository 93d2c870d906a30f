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
