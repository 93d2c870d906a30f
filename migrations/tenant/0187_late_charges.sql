-- What was charged because documents were paid late: interest for days, half-open, or the fee of a day.
create table late_charge (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- The document that was paid late.
  invoice_id uuid not null references invoice (id),
  kind text not null check (kind in ('interest', 'fee')),
  currency text not null,
  from_on date not null,
  until_on date not null check (until_on > from_on),
  amount_minor numeric not null check (amount_minor > 0),
  year_days integer not null check (year_days in (360, 365)),
  -- Of the document, that all charges on it are no more than.
  cap_percent text,
  -- Days on which the same amount was open at the same rate: [{"from", "until", "minor", "percent"}].
  segments jsonb not null,
  -- As the line says it.
  text text not null,
  -- The invoice of lines that bills it, and which of its lines does.
  one_off_id uuid not null references one_off_invoice (id),
  position integer not null check (position > 0),
  charged_at timestamptz not null,
  unique (invoice_id, kind, from_on)
);
create unique index late_charge_one_fee on late_charge (invoice_id) where kind = 'fee';
create index late_charge_of_account on late_charge (account_id);
create index late_charge_of_one_off on late_charge (one_off_id);

-- Until which day a document is charged, that day not included.
create table late_charge_standing (
  invoice_id uuid primary key references invoice (id),
  account_id uuid not null references account (id),
  charged_until date not null
);

-- What of a charge was given back, by a credit note; without one where its line had been credited before.
create table late_charge_return (
  id uuid primary key,
  charge_id uuid not null references late_charge (id),
  account_id uuid not null references account (id),
  -- `waived` by somebody; `credited`: the document that was late was credited.
  kind text not null check (kind in ('waived', 'credited')),
  amount_minor numeric not null check (amount_minor > 0),
  reason text not null,
  credit_note_id uuid references invoice (id),
  made_by text not null,
  made_at timestamptz not null
);
create index late_charge_return_of_charge on late_charge_return (charge_id);
create unique index late_charge_waived_once on late_charge_return (charge_id) where kind = 'waived';
