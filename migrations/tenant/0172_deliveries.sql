/*
 * Documents on their way to customers: queued → sending → sent → delivered | failed, and unknown where nobody said what came of it. The row
 * says what is about to be sent before it is, so that what a killed process was doing is known.
 */
create table delivery (
  id uuid primary key,
  -- The document; one delivery for each key of it. Without one that somebody chose it is the transport: sent once by each.
  document_kind text not null check (document_kind in ('invoice', 'pro_forma')),
  document_id uuid not null,
  key text not null,
  number text not null,
  account_id uuid not null references account (id),
  customer_id uuid not null references customer (id),
  transport text not null check (transport in ('email', 'folder', 'peppol')),
  -- A list of pdf, factur_x, ubl, cii.
  formats jsonb not null,
  origin text not null check (origin in ('request', 'issue')),
  -- Whom it was said to go to; null for whom the customer names.
  asked_to text,
  -- Where it went last: the scheme of the address, and the address in it.
  to_scheme text,
  to_id text,
  state text not null check (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown')),
  -- Why it failed, or nothing is known: a word, and a sentence.
  reason text,
  said text,
  -- What the peer calls it. What was declined is sent again under another id: the round is in it.
  provider_id text,
  round integer not null default 1,
  -- When the peer is asked what has become of it, by the real clock; null is not by itself.
  ask_at timestamptz,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  unique (document_id, key)
);
create index delivery_of_account on delivery (account_id);
create index delivery_of_customer on delivery (customer_id);
create index delivery_to_ask on delivery (ask_at) where ask_at is not null;
create index delivery_not_over on delivery (state) where state in ('queued', 'sending');

-- Each time a peer was given a document, or asked about it. Without an end where the process was killed meanwhile.
create table delivery_attempt (
  delivery_id uuid not null references delivery (id),
  number integer not null,
  customer_id uuid not null references customer (id),
  kind text not null check (kind in ('send', 'ask')),
  round integer not null,
  -- By the real clock.
  began_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('sent', 'delivered', 'declined', 'unknown', 'absent')),
  said text,
  primary key (delivery_id, number),
  check ((ended_at is null) = (outcome is null))
);
create index delivery_attempt_of_customer on delivery_attempt (customer_id);

-- How a customer wants its documents, where it differs from the settings; null is as they say.
create table delivery_preference (
  customer_id uuid primary key references customer (id),
  transports jsonb,
  formats jsonb,
  -- Where documents go by e-mail; null is the address of the customer.
  email text,
  set_at timestamptz not null
);
