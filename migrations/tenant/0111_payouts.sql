-- What gateways have transferred to the bank, and what each transfer is made of. Amounts are in minor units.
create table gateway_payout (
  id uuid primary key,
  gateway_id uuid not null references payment_gateway (id),
  provider_id text not null,
  currency text not null,
  -- What has left the clearing account, what of it are fees, and what came to the bank.
  gross_minor numeric not null,
  fee_minor numeric not null,
  net_minor numeric not null,
  arrived_on date not null,
  -- Sentences: what does not agree with what Kvit knows.
  differences jsonb not null,
  booked_at timestamptz not null,
  unique (gateway_id, provider_id)
);

create table gateway_payout_line (
  id uuid primary key,
  payout_id uuid not null references gateway_payout (id),
  gateway_id uuid not null,
  provider_id text not null,
  kind text not null,
  attempt_id uuid references payment_attempt (id),
  gross_minor numeric not null,
  fee_minor numeric not null,
  unique (gateway_id, provider_id)
);
create index gateway_payout_line_of_payout on gateway_payout_line (payout_id);
