-- Payments through payment providers. The tenant's gateways: where payers pay, and with which adapter they are reached.
create table payment_gateway (
  id uuid primary key,
  -- `stripe-eu`: its money is in the ledger under `cash:gateway:stripe-eu`.
  name text not null unique,
  adapter text not null,
  -- A list of codes; null is all that the adapter takes.
  currencies jsonb,
  -- The lowest is asked first.
  priority integer not null,
  -- Nothing new begins with a closed one; what is under way goes on.
  is_open boolean not null,
  created_at timestamptz not null
);

create table payment_gateway_secret (
  gateway_id uuid not null references payment_gateway (id),
  field text not null,
  key_id text not null,
  ciphertext bytea not null,
  set_at timestamptz not null,
  primary key (gateway_id, field)
);

-- Means of payment that a customer has left with a gateway. What the gateway knows it by is encrypted.
create table payment_method (
  id uuid primary key,
  key text not null unique,
  account_id uuid not null references account (id),
  gateway_id uuid not null references payment_gateway (id),
  -- `pending` until the gateway has it, `active`, `failed`, `removed`.
  state text not null,
  kind text,
  brand text,
  last4 text,
  -- The month in which it can be used for the last time: `2027-03`.
  expires text,
  is_default boolean not null,
  token_key text,
  token bytea,
  created_at timestamptz not null,
  removed_at timestamptz
);
create index payment_method_of_account on payment_method (account_id);
create unique index payment_method_default on payment_method (account_id) where is_default;

-- Money of a payment that settles nothing can be paid back, as that of a credit note.
alter table payment_reversal drop constraint payment_reversal_payment_id_key;
create index payment_reversal_of_payment on payment_reversal (payment_id);
alter table refund
  alter column credit_note_id drop not null,
  add column payment_id uuid references payment (id),
  -- Of what a payment did not need: the caller's own identifier.
  add column key text unique,
  -- The attempt that sends it through a gateway, from before the gateway is asked until it is known that it did not.
  add column attempt_id uuid,
  add constraint refund_source check (num_nonnulls(credit_note_id, payment_id) = 1);

/*
 * What a gateway is asked for: to charge, to refund, or to keep a means of payment. The row is committed before the gateway is asked, so that
 * what a killed process was about to ask for is known: created → pending → succeeded | failed, and unknown where no answer says.
 */
create table payment_attempt (
  id uuid primary key,
  key text not null unique,
  kind text not null check (kind in ('charge', 'refund', 'setup')),
  gateway_id uuid not null references payment_gateway (id),
  account_id uuid not null references account (id),
  method_id uuid references payment_method (id),
  currency text not null,
  amount_minor numeric not null check (amount_minor >= 0),
  -- Of a charge: the document that it is for, and until when that is claimed by it; null until it is known what came of it.
  invoice_id uuid references invoice (id),
  claimed_until timestamptz,
  -- Of a refund: what is paid back, and the charge whose money it is.
  refund_id uuid references refund (id),
  charge_id uuid references payment_attempt (id),
  -- `request`: somebody asked for it; `auto`: the document was issued, or it is tried again.
  origin text not null,
  return_url text,
  state text not null check (state in ('created', 'pending', 'succeeded', 'failed', 'unknown')),
  -- What the gateway has taken, refunded and disputed by now, as far as it is in the ledger.
  captured_minor numeric not null default 0,
  refunded_minor numeric not null default 0,
  provider_id text,
  payer_url text,
  reason text,
  may_retry boolean,
  payment_id uuid references payment (id),
  -- By the real clock: when the gateway was asked first, how often, and when it is asked again; null is not by itself.
  asked_at timestamptz not null,
  asks integer not null default 0,
  ask_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index payment_attempt_to_ask on payment_attempt (ask_at) where ask_at is not null;
create index payment_attempt_of_account on payment_attempt (account_id);
create index payment_attempt_of_invoice on payment_attempt (invoice_id) where state in ('created', 'pending', 'unknown');
create index payment_attempt_of_provider on payment_attempt (provider_id);
create index payment_attempt_of_charge on payment_attempt (charge_id) where charge_id is not null;

-- Payers who dispute what was charged: the money is gone while that is open.
create table payment_dispute (
  id uuid primary key,
  attempt_id uuid not null references payment_attempt (id),
  account_id uuid not null references account (id),
  provider_id text not null,
  state text not null check (state in ('open', 'won', 'lost')),
  currency text not null,
  amount_minor numeric not null,
  fee_minor numeric not null,
  reversal_id uuid references payment_reversal (id),
  -- Of one that was won: the payment that the money is again.
  payment_id uuid references payment (id),
  opened_at timestamptz not null,
  closed_at timestamptz,
  unique (attempt_id, provider_id)
);
create index payment_dispute_of_account on payment_dispute (account_id);

-- Accounts whose documents are charged by themselves, by their default means of payment: on `issue`, or when they are `due`.
create table auto_charge (
  account_id uuid primary key references account (id),
  charge_on text not null check (charge_on in ('issue', 'due')),
  set_at timestamptz not null
);
