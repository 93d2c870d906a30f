-- Security of customers: money that came in and is theirs until it settles a document or is paid back. Amounts are above zero.
create table deposit_entry (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  -- `taken`, `applied` to a document, or `released` to the customer.
  kind text not null,
  currency text not null,
  amount_minor numeric not null,
  -- How it came in or went out; null of what was applied.
  method text,
  reason text not null,
  -- Of what was applied: the payment that settles the document.
  payment_id uuid references payment (id),
  recorded_by text not null,
  recorded_by_person text not null,
  created_at timestamptz not null
);
create index deposit_entry_of_account on deposit_entry (account_id);
