-- A reason why a service, or every service of an account, is restricted: a fact that is never changed, but for being lifted once.
create table service_block (
  id uuid primary key,
  -- The caller's own identifier.
  key text not null unique,
  account_id uuid not null references account (id),
  -- Null is every service of the account, also those that it gets later.
  service_id uuid references service (id),
  reason text not null check (reason in ('dunning_soft', 'dunning_hard', 'customer', 'fraud', 'admin')),
  scope text not null check (scope in ('outgoing', 'incoming', 'data', 'all')),
  -- It slows down to so many kilobits per second; null bars.
  kbps integer check (kbps > 0),
  note text,
  -- Half-open, by the tenant's clock; without an end until it is lifted.
  from_at timestamptz not null,
  until_at timestamptz check (until_at > from_at),
  placed_by text not null,
  placed_by_person text not null,
  placed_at timestamptz not null,
  lifted_by text,
  lifted_at timestamptz,
  lift_note text,
  -- When its services are looked at next, because it begins or ends; null where that is over.
  look_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
create index service_block_of_account on service_block (account_id) where lifted_at is null;
create index service_block_due on service_block (look_at) where look_at is not null;
create index service_block_of_account_ever on service_block (account_id, id);

-- What blocks have made of a service, as it was told last: the facts say the same of that time. A service that never had a block has no row.
create table service_state (
  service_id uuid primary key references service (id),
  account_id uuid not null references account (id),
  -- Grows by one with every change.
  version integer not null check (version > 0),
  state text not null check (state in ('open', 'throttled', 'restricted', 'blocked')),
  -- ["outgoing", "data"]
  barred jsonb not null,
  kbps integer,
  reasons jsonb not null,
  changed_at timestamptz not null
);
create index service_state_of_account on service_state (account_id, service_id);

-- Services that come later are followed from the beginning of a tenant.
insert into event_subscriber (name, seq) select 'service-blocks', event_head.seq from event_head on conflict (name) do nothing;

-- Accounts whose blocks have changed since the process that charges read them. It deletes the row that it has read, by its mark.
create table service_block_unread (
  account_id uuid primary key references account (id),
  mark uuid not null
);
