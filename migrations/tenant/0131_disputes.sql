-- Lines of issued documents that a customer disputes.
create table dispute (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  invoice_id uuid not null references invoice (id),
  currency text not null,
  -- With tax: what of the document may not be asked for as long as it is open.
  amount_minor numeric not null check (amount_minor > 0),
  reason_code text not null,
  -- In the words of the customer.
  text text,
  status text not null check (status in ('open', 'accepted', 'rejected', 'withdrawn')),
  opened_by text not null,
  opened_by_person text not null,
  opened_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  -- Why it was decided so.
  decision text,
  -- Of one that was accepted: its credit note.
  credit_note_id uuid references invoice (id)
);
create index dispute_of_invoice on dispute (invoice_id);
create index dispute_of_account on dispute (account_id) where status = 'open';

create table dispute_line (
  dispute_id uuid not null references dispute (id),
  invoice_id uuid not null references invoice (id),
  -- As the document has it.
  position integer not null,
  -- What was asked: an amount and units of the line; all that is left of it where both are null.
  asked_minor numeric,
  quantity text,
  -- What that came to, as the document has amounts.
  amount_minor numeric not null,
  is_open boolean not null,
  primary key (dispute_id, position)
);
-- A line is disputed once at a time.
create unique index dispute_line_open on dispute_line (invoice_id, position) where is_open;
