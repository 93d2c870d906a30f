/*
 * Networks of payment terminals, and apps of banks, that take money for the tenant and tell of it. A network is a payment gateway that is never
 * asked: its secrets, its clearing account and its payouts are those of the gateway.
 */
create table terminal_network (
  gateway_id uuid primary key references payment_gateway (id),
  currency text not null,
  -- Of its local times, and of the day on which it may cancel.
  zone text not null,
  min_minor numeric not null check (min_minor > 0),
  max_minor numeric not null check (max_minor >= min_minor),
  -- How payers name an account, in the order in which it is looked for: `account`, `service`, `metadata:phone`.
  account_by jsonb not null,
  -- What a terminal may show of an account: `name`, `balance`, `due`.
  shows jsonb not null,
  -- Where it sends from; null is anywhere.
  addresses jsonb,
  -- How it is answered where it does not say: `xml` or `json`.
  format text not null check (format in ('xml', 'json')),
  -- As what money is recorded: `by_account`, `payment`, `top_up`.
  credits text not null check (credits in ('by_account', 'payment', 'top_up')),
  -- Which column of its registries is what; null until one is given.
  registry_mapping jsonb,
  updated_at timestamptz not null
);

-- What a network has told, by its own id: `pending` → `paid` → `cancelling` → `cancelled`. One that was cancelled before it came has no account.
create table terminal_transaction (
  id uuid primary key,
  gateway_id uuid not null references terminal_network (gateway_id),
  txn_id text not null,
  account_id uuid references account (id),
  -- As the payer wrote it.
  account_text text not null,
  currency text not null,
  amount_minor numeric not null check (amount_minor >= 0),
  -- When it was paid at the terminal, as the network says.
  paid_at timestamptz,
  terminal text,
  state text not null check (state in ('pending', 'paid', 'refused', 'cancelling', 'cancelled')),
  kind text check (kind in ('payment', 'top_up')),
  payment_id uuid references payment (id),
  created_at timestamptz not null,
  cancelled_at timestamptz,
  cancel_reason text,
  cancelled_by text,
  unique (gateway_id, txn_id),
  check ((account_id is null) = (kind is null))
);
create index terminal_transaction_of_account on terminal_transaction (account_id) where account_id is not null;
create index terminal_transaction_under_way on terminal_transaction (state) where state in ('pending', 'cancelling');
create index terminal_transaction_of_payment on terminal_transaction (payment_id) where payment_id is not null;

-- What was refused of payments and cancellations, each once with how often it came.
create table terminal_refusal (
  id uuid primary key,
  gateway_id uuid not null references terminal_network (gateway_id),
  command text not null,
  txn_id text not null,
  account_id uuid references account (id),
  account_text text not null,
  sum_text text not null,
  reason text not null,
  times integer not null,
  created_at timestamptz not null,
  last_at timestamptz not null
);
create unique index terminal_refusal_once on terminal_refusal (gateway_id, command, txn_id, reason, md5(account_text), md5(sum_text));
create index terminal_refusal_of_account on terminal_refusal (account_id) where account_id is not null;

-- What a network says at the end of a day that it has taken, and what of it does not agree.
create table terminal_registry (
  id uuid primary key,
  gateway_id uuid not null references terminal_network (gateway_id),
  key text not null,
  from_on date not null,
  until_on date not null,
  digest bytea not null,
  rows integer not null,
  agreed integer not null,
  total_minor numeric not null,
  fee_minor numeric not null,
  -- A list of what differs: the first thousand.
  differences jsonb not null,
  difference_count integer not null,
  payout_id uuid references gateway_payout (id),
  created_at timestamptz not null,
  unique (gateway_id, key)
);
