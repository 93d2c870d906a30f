-- What a register of tax ids (VIES) said of the tax ids of customers: each answer is kept as proof, and none is changed.
create table tax_id_check (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  -- As it was asked for, with its prefix.
  tax_id text not null,
  register text not null,
  -- valid, invalid or no_answer.
  verdict text not null,
  -- The register's own number of the question, which tax offices take as proof; it gives none to who does not say who asks.
  consultation text,
  name text,
  address text,
  -- Why there is no answer.
  reason text,
  -- The tax id of the issuer that asked, and the person or key that did.
  asked_for text,
  asked_by text not null,
  asked_at timestamptz not null
);
create index tax_id_check_by_customer on tax_id_check (customer_id, id);
