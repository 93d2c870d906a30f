-- Prepaid money that was sold with its tax: what a top-up, or a voucher that was redeemed, brought beyond what was owed before.
create table prepaid_sale (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- Of its lot: `top_up:KEY`.
  origin text not null unique,
  -- What the caller knows it by.
  key text not null,
  currency text not null,
  -- What came in for it, what can be drawn down, and how it was taxed: as `taxes` of a line of a document.
  gross_minor numeric not null check (gross_minor > 0),
  net_minor numeric not null check (net_minor > 0),
  taxes jsonb not null,
  tax_class text not null,
  description text not null,
  -- The local day of the account.
  sold_on date not null,
  created_at timestamptz not null
);
create index prepaid_sale_account on prepaid_sale (account_id);

-- One that was taken back: what of its net nobody had used is credited, and the rest is owed again with its tax.
create table prepaid_taking (
  sale_id uuid primary key references prepaid_sale (id),
  account_id uuid not null references account (id),
  left_minor numeric not null check (left_minor >= 0),
  owed_again_minor numeric not null check (owed_again_minor >= 0),
  reason text not null,
  -- The key that asked for it.
  reversed_by text not null,
  created_at timestamptz not null
);
create index prepaid_taking_account on prepaid_taking (account_id);
