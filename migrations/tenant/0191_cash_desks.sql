-- Where people pay in cash: desks, their shifts, numbered receipts, and what is put into drawers and taken out. Amounts are in minor units.
create table cash_desk (
  id uuid primary key,
  -- `front`: its drawer is in the ledger under `cash:desk:front`.
  key text not null unique,
  name text not null,
  issuer_id uuid not null references issuer (id),
  currency text not null,
  zone text not null,
  -- What cash is rounded to: 5 is 0.05 CHF.
  step_minor numeric not null check (step_minor > 0),
  is_open boolean not null,
  last_receipt bigint not null default 0,
  last_shift integer not null default 0,
  -- What is in the drawer, while a shift is open, and in the safe, as of all that is recorded.
  drawer_minor numeric not null default 0,
  safe_minor numeric not null default 0,
  created_at timestamptz not null
);

create table cash_shift (
  id uuid primary key,
  desk_id uuid not null references cash_desk (id),
  number integer not null,
  person text not null,
  opened_by text not null,
  opened_at timestamptz not null,
  float_minor numeric not null check (float_minor >= 0),
  closed_by text,
  closed_at timestamptz,
  expected_minor numeric,
  counted_minor numeric,
  -- What was counted, by the value of coins and notes: null where that was not said.
  denominations jsonb,
  -- The report at its end, as it was then.
  report jsonb,
  unique (desk_id, number)
);
create unique index cash_shift_of_desk on cash_shift (desk_id) where closed_at is null;
create unique index cash_shift_of_person on cash_shift (person) where closed_at is null;

-- Payments and their cancellations, numbered without gaps by desk.
create table cash_receipt (
  id uuid primary key,
  desk_id uuid not null references cash_desk (id),
  shift_id uuid not null references cash_shift (id),
  number bigint not null,
  key text not null unique,
  kind text not null check (kind in ('payment', 'cancel')),
  cancels_id uuid references cash_receipt (id),
  account_id uuid not null references account (id),
  -- As what the money is recorded.
  recorded_as text not null check (recorded_as in ('payment', 'top_up')),
  payment_id uuid references payment (id),
  -- A top-up is a commit of the engine: its receipt is `pending` until then, and `failed` where the account had no room for it.
  state text not null check (state in ('pending', 'done', 'failed')),
  currency text not null,
  -- What the account gets, and what of cash was due for it, rounded.
  amount_minor numeric not null check (amount_minor > 0),
  cash_minor numeric not null check (cash_minor >= 0),
  tendered_minor numeric,
  note text,
  recorded_by text not null,
  created_at timestamptz not null,
  unique (desk_id, number)
);
create unique index cash_receipt_cancelled on cash_receipt (cancels_id) where cancels_id is not null and state <> 'failed';
create index cash_receipt_of_shift on cash_receipt (shift_id);
create index cash_receipt_of_account on cash_receipt (account_id);
create index cash_receipt_of_payment on cash_receipt (payment_id) where payment_id is not null;
create index cash_receipt_pending on cash_receipt (state) where state = 'pending';

-- Cash that is moved and pays nothing.
create table cash_movement (
  id uuid primary key,
  key text not null unique,
  desk_id uuid not null references cash_desk (id),
  -- Of what goes into a drawer or out of it.
  shift_id uuid references cash_shift (id),
  kind text not null,
  amount_minor numeric not null check (amount_minor > 0),
  reason text not null,
  recorded_by text not null,
  created_at timestamptz not null
);
create index cash_movement_of_desk on cash_movement (desk_id);
create index cash_movement_of_shift on cash_movement (shift_id) where shift_id is not null;

-- Cash that was taken to the bank is a line of its statement.
alter table bank_match add column cash_movement_id uuid references cash_movement (id);
create unique index bank_match_of_cash on bank_match (cash_movement_id) where cash_movement_id is not null and undone_at is null;
