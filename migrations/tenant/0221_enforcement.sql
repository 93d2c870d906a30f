-- A part of the network that is told of the states of services.
create table enforcement_target (
  id uuid primary key,
  key text not null unique,
  kind text not null check (kind in ('webhook', 'radius')),
  -- {"url"}, or {"host", "port", "identify", "states"}
  terms jsonb not null,
  is_on boolean not null,
  -- What was told is told again after so many hours, as long as it restricts a service; null once.
  repeat_hours integer check (repeat_hours > 0),
  -- The secret that it shares with Kvit.
  key_id text not null,
  ciphertext bytea not null,
  -- How often in a row nobody answered, and until when nothing is sent for that. By the real clock.
  failures integer not null default 0,
  rest_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- What a target is to be told of a service: its newest state, whatever was to be told before. Times are of the real clock.
create table enforcement (
  id uuid primary key,
  target_id uuid not null references enforcement_target (id) on delete cascade,
  service_id uuid not null references service (id),
  account_id uuid not null references account (id),
  -- Versions of `service_state`: the one that it is to be told, and the last one that it has taken.
  wished_version integer not null,
  told_version integer,
  state text not null check (state in ('waiting', 'told', 'failed')),
  due_at timestamptz not null,
  -- Who is telling it now, and until when nobody else does.
  claimed_by text,
  claimed_until timestamptz,
  attempts integer not null default 0,
  -- What came of the last attempt.
  words text,
  attempted_at timestamptz,
  told_at timestamptz,
  created_at timestamptz not null,
  unique (target_id, service_id)
);
create index enforcement_due on enforcement (target_id, due_at) where state = 'waiting';
create index enforcement_claimed on enforcement (claimed_by) where claimed_by is not null;
create index enforcement_told on enforcement (target_id, told_at) where state = 'told';
create index enforcement_of_account on enforcement (account_id, id);
create index enforcement_of_service on enforcement (service_id);
