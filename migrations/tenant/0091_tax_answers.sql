-- What an engine of tax outside was asked, and what it said: how supplies of a class from a seller to a buyer are taxed on a day.
create table tax_answer (
  id uuid primary key,
  -- SHA-256, in hexadecimal, of what it depends on: seller, buyer, currency.
  parties_digest text not null,
  tax_class text not null,
  supplied_on date not null,
  -- The account whose document asked first, and what was asked, as it was sent on.
  account_id uuid not null references account (id),
  question jsonb not null,
  engine text not null,
  -- asked, answered, own_rules: it did not answer in time, and Kvit's own rules did.
  state text not null check (state in ('asked', 'answered', 'own_rules')),
  -- A TaxDecision; null as long as it is asked.
  decision jsonb,
  -- The engine's own name of the answer, as proof of it; why there was none the last time.
  reference text,
  reason text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  unique (parties_digest, tax_class, supplied_on),
  check ((state = 'asked') = (decision is null))
);
create index tax_answer_asked on tax_answer (asked_at) where state = 'asked';
create index tax_answer_by_account on tax_answer (account_id, id);
