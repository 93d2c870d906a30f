-- Accounts of issuers at banks, what statements say of them, and what each line was for. Amounts are in minor units of the account's currency:
-- money in is above zero, money out below.
create table bank_account (
  id uuid primary key,
  key text not null unique,
  issuer_id uuid not null references issuer (id),
  name text not null,
  -- One of the two; a bank's own number is written as its files have it.
  iban text,
  number text,
  bic text,
  currency text not null,
  -- Which column of the bank's CSV files is what; null where they are not read.
  csv_mapping jsonb,
  -- What was on the account before the first statement that is known.
  opening_minor numeric not null,
  created_at timestamptz not null,
  check (iban is not null or number is not null)
);
create unique index bank_account_of_iban on bank_account (iban, currency) where iban is not null;
create unique index bank_account_of_number on bank_account (number, currency) where number is not null;

-- Files that were imported, by their contents: the same file again is the same import.
create table bank_file (
  id uuid primary key,
  name text not null,
  digest bytea not null unique,
  bytes integer not null,
  imported_by text not null,
  created_at timestamptz not null
);

create table bank_statement (
  id uuid primary key,
  bank_file_id uuid not null references bank_file (id),
  bank_account_id uuid not null references bank_account (id),
  -- `camt.053.001.08`, `MT940`, `CSV`.
  format text not null,
  -- `statement` is final; `report` and `notification` are of a day that goes on.
  kind text not null,
  reference text not null,
  number text,
  opening_minor numeric,
  closing_minor numeric,
  from_on date,
  to_on date,
  entries integer not null,
  -- Entries that no other statement had said before.
  new_entries integer not null,
  created_at timestamptz not null
);
create index bank_statement_of_account on bank_statement (bank_account_id, to_on);
create index bank_statement_of_file on bank_statement (bank_file_id);

-- One movement of money with one counterparty. Lines of one entry of the bank have the same entry_id.
create table bank_line (
  id uuid primary key,
  bank_account_id uuid not null references bank_account (id),
  -- The final statement that has booked it; null while only a report or a notification has it.
  bank_statement_id uuid references bank_statement (id),
  entry_id uuid not null,
  -- Of its entry: what makes it the same one in another file.
  entry_minor numeric not null,
  fingerprint bytea not null,
  bank_reference text,
  balance_minor numeric,
  booked_on date not null,
  value_on date,
  amount_minor numeric not null,
  charges_minor numeric not null,
  is_reversal boolean not null,
  code text,
  counterparty_name text,
  counterparty_iban text,
  counterparty_account text,
  counterparty_bic text,
  end_to_end_id text,
  mandate_id text,
  payment_info_id text,
  creditor_reference text,
  remittance text not null,
  return_reason text,
  -- `new` until it was looked at, `waiting` for somebody, `set_aside`, `to_return`, `done`.
  state text not null,
  -- What it may be for, the best first.
  proposals jsonb not null,
  note text,
  -- Whose money it is, once it is known.
  account_id uuid references account (id),
  created_at timestamptz not null
);
create index bank_line_of_account on bank_line (bank_account_id, booked_on);
create index bank_line_of_entry on bank_line (entry_id);
create index bank_line_undone on bank_line (state, id) where state <> 'done';
create index bank_line_of_customer on bank_line (account_id) where account_id is not null;
create index bank_line_of_iban on bank_line (counterparty_iban) where account_id is not null;

-- What a line, or a part of it, is for. It holds until it is undone.
create table bank_match (
  id uuid primary key,
  bank_line_id uuid not null references bank_line (id),
  -- `payment`, `recorded` by hand before, `return` of a payment, `refund`, `fee` of the bank, `outside`, `offset` by another line.
  kind text not null,
  amount_minor numeric not null,
  payment_id uuid references payment (id),
  refund_id uuid references refund (id),
  -- Of an offset: the other line, which has the same amount with the other sign.
  other_line_id uuid references bank_line (id),
  -- By rule: the score in thousandths; null where somebody decided.
  score integer,
  reasons jsonb not null,
  made_by text not null,
  created_at timestamptz not null,
  undone_at timestamptz,
  undone_by text
);
create index bank_match_of_line on bank_match (bank_line_id);
create index bank_match_of_payment on bank_match (payment_id) where payment_id is not null;
