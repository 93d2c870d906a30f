-- What tax is decided by: who sells, who buys, and where. An issuer that says nothing of tax is not asked: its documents have none.
alter table issuer add column legal_form text;
alter table issuer add column postal_address jsonb;
alter table issuer add column standing text not null default 'registered';
alter table issuer add column registrations jsonb not null default '[]';
alter table issuer add column one_stop_shop jsonb;
alter table issuer add column below_threshold jsonb;
-- Whether a tax is rounded once for each rate of a document, or on each line.
alter table issuer add column tax_rounding text not null default 'document';
alter table issuer add column withholding jsonb;

alter table customer add column kind text;
alter table customer add column postal_address jsonb;
alter table customer add column tax_ids jsonb not null default '[]';
alter table customer add column certificates jsonb not null default '[]';
alter table customer add column evidence jsonb not null default '[]';
alter table customer add column purchase_order text;
alter table customer add column electronic_address jsonb;

alter table account add column prices_include_tax boolean not null default false;

-- How a line is taxed, by its parts; null where nobody was asked. Both sums are in minor units, and the net is without tax also where
-- prices include it.
alter table invoice_line add column taxes jsonb;
alter table invoice_line add column net_minor numeric;
alter table invoice_line add column tax_minor numeric;

-- Accounts that were not billed further, because the tax of their next document cannot be decided: from which billing day on, and what
-- is to be filled in. Each bill run tries again; the row goes away when the document is issued.
create table document_hold (
  account_id uuid primary key references account (id),
  billing_day date not null,
  reasons jsonb not null,
  held_at timestamptz not null
);
alter table bill_run add column held integer not null default 0;

-- Rates of the tenant's own; they take the place of shipped ones of the same place, tax and class.
create table tax_rate (
  id uuid primary key,
  content jsonb not null,
  -- Where it is from, in the caller's words, and as of which day it was so there.
  source text not null,
  as_of date not null,
  created_at timestamptz not null
);
