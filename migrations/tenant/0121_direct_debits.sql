-- Mandates of customers by which their accounts at banks are debited (SEPA).
create table sepa_mandate (
  id uuid primary key,
  reference text not null unique,
  account_id uuid not null references account (id),
  holder text not null,
  iban text not null,
  bic text,
  -- CORE or B2B.
  scheme text not null,
  -- Of one collection alone.
  is_one_off boolean not null,
  signed_on date not null,
  last_used_on date,
  ended_on date,
  end_reason text,
  created_at timestamptz not null
);
create index sepa_mandate_of_account on sepa_mandate (account_id);

-- Files of orders to a bank: direct debits (pain.008) and transfers of refunds (pain.001).
create table sepa_file (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  message_id text not null unique,
  bank_account_id uuid not null references bank_account (id),
  xml text not null,
  created_by text not null,
  created_at timestamptz not null
);

create table sepa_order (
  id uuid primary key,
  sepa_file_id uuid not null references sepa_file (id),
  -- Of the group in the file, which banks book in one amount.
  payment_info_id text not null,
  end_to_end_id text not null unique,
  account_id uuid not null references account (id),
  mandate_id uuid references sepa_mandate (id),
  invoice_id uuid references invoice (id),
  refund_id uuid references refund (id),
  amount_minor numeric not null,
  sequence text,
  due_on date not null,
  -- `sent` until the bank has said what came of it: `settled`, `rejected`, `returned`.
  state text not null,
  reason text,
  payment_id uuid references payment (id),
  created_at timestamptz not null
);
create index sepa_order_of_file on sepa_order (sepa_file_id);
create index sepa_order_of_account on sepa_order (account_id);
create index sepa_order_of_invoice on sepa_order (invoice_id) where invoice_id is not null;
create index sepa_order_of_group on sepa_order (payment_info_id);
create index sepa_order_of_refund on sepa_order (refund_id) where refund_id is not null;

-- What is on its way to pay a document and no gateway knows of: nobody else asks for it meanwhile.
create table payment_claim (
  key text primary key,
  invoice_id uuid not null references invoice (id),
  amount_minor numeric not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index payment_claim_of_invoice on payment_claim (invoice_id) where ended_at is null;
