-- What customers have promised to pay, and what was agreed on to be paid in parts. A promise is of one part.
create table payment_plan (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  kind text not null check (kind in ('promise', 'instalments')),
  currency text not null,
  -- What was asked for, to answer the same request again.
  content jsonb not null,
  -- Who promised, in words.
  promised_by text,
  note text,
  state text not null check (state in ('open', 'kept', 'broken', 'cancelled')),
  made_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create index payment_plan_of_account on payment_plan (account_id);

-- The documents that it is about, with what was open of each then: what is less open now has been paid.
create table payment_plan_document (
  plan_id uuid not null references payment_plan (id),
  invoice_id uuid not null references invoice (id),
  open_minor numeric not null check (open_minor > 0),
  is_open boolean not null,
  primary key (plan_id, invoice_id)
);
-- A document is in one of them at a time.
create unique index payment_plan_document_open on payment_plan_document (invoice_id) where is_open;

create table payment_plan_part (
  plan_id uuid not null references payment_plan (id),
  position integer not null,
  due_on date not null,
  amount_minor numeric not null check (amount_minor > 0),
  primary key (plan_id, position)
);
