-- The accountant's layer beside the operational ledger: an issuer's books, with its own chart, periods that are closed, and what closing recognises.
create table books (
  issuer_id uuid primary key references issuer (id),
  currency text not null,
  -- Of the days of its periods.
  zone text not null,
  -- The first day of the first period; what was posted before is the opening entry.
  opens_on date not null,
  policies jsonb not null,
  created_at timestamptz not null
);

create table gl_account (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  code text not null,
  name text not null,
  kind text not null,
  created_at timestamptz not null,
  unique (issuer_id, code)
);

-- Which account of the general ledger takes what: null holds for all, and the rule that says most wins.
create table gl_rule (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  ledger text not null,
  detail text,
  country text,
  segment text,
  code text not null,
  created_at timestamptz not null,
  unique nulls not distinct (issuer_id, ledger, detail, country, segment)
);

create table accounting_period (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  start_day date not null,
  -- Not part of it.
  end_day date not null,
  state text not null check (state in ('open', 'closing', 'closed')),
  -- How often closing it was asked for; lines of earlier generations were superseded when it was reopened.
  generation integer not null,
  -- What had been committed when closing was asked for: documents until this time, usage until this segment.
  cutoff_at timestamptz not null,
  cutoff_seq bigint not null,
  -- An id of the moment, by the real clock.
  cutoff_id uuid not null,
  unique (issuer_id, start_day)
);

-- What was done to periods. Rows never change; those of closing have the digest over the lines, chained to the period before.
create table period_change (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  period_id uuid not null references accounting_period (id),
  generation integer not null,
  kind text not null check (kind in ('closed', 'reopened')),
  reason text,
  lines bigint,
  digest bytea,
  previous_digest bytea,
  created_at timestamptz not null
);
create index period_change_of_period on period_change (period_id, generation);

create table book_line (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  period_id uuid not null references accounting_period (id),
  generation integer not null,
  -- In the order of the digest.
  position bigint not null,
  entry_id uuid not null,
  day date not null,
  belongs_on date,
  template text not null,
  document_id uuid,
  posting_id uuid references posting (id),
  subject text,
  ledger_account text not null,
  account_id uuid references account (id),
  code text not null,
  currency text not null,
  amount_minor numeric not null,
  books_minor numeric not null,
  rate text,
  unique (period_id, generation, position)
);
create index book_line_of_posting on book_line (posting_id);
create index book_line_of_code on book_line (issuer_id, code, day);

-- What closing a period found of each line, usage or pack of units that is not settled yet, or became so in it.
create table recognition (
  id uuid primary key,
  issuer_id uuid not null references books (issuer_id),
  period_id uuid not null references accounting_period (id),
  generation integer not null,
  subject text not null,
  document_id uuid,
  account_id uuid not null references account (id),
  ledger_account text not null,
  currency text not null,
  -- Null for usage that is not billed.
  billed_on date,
  net_minor numeric not null,
  -- In this period, and of that what belongs to days of periods that were closed before.
  recognised_minor numeric not null,
  late_minor numeric not null,
  -- At its end.
  earned_minor numeric not null,
  deferred_minor numeric not null,
  unbilled_minor numeric not null,
  deferred_books numeric not null,
  unbilled_books numeric not null,
  unique (period_id, generation, subject)
);

-- What a unit of one currency was worth in another on a day. Rows never change; of two the later one holds.
create table exchange_rate (
  id uuid primary key,
  source text not null,
  day date not null,
  base text not null,
  currency text not null,
  rate numeric not null check (rate > 0),
  created_at timestamptz not null
);
create index exchange_rate_of_day on exchange_rate (base, currency, day);

create index posting_of_time on posting (posted_at, entry_id);
create index invoice_of_issuer_time on invoice (issuer_id, issued_at);
create index invoice_line_of_end on invoice_line (period_end);
