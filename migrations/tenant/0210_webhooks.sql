-- Where a tenant wants to be told what happens, by HTTP.
create table webhook_endpoint (
  id uuid primary key,
  key text not null unique,
  url text not null,
  description text,
  -- Which events: `["invoice.*", "payment.recorded"]`.
  types jsonb not null,
  -- Whether what is told of one object keeps its order: an event waits for those of its object before it.
  is_ordered boolean not null,
  -- `disabled` is one that Kvit has given up.
  state text not null check (state in ('on', 'off', 'disabled')),
  reason text check (reason in ('gone', 'failing')),
  -- Since when nothing has come through, and how often in a row; null and 0 while all goes well. By the real clock.
  failing_since timestamptz,
  failures integer not null default 0,
  -- Nothing is sent before this time.
  rest_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- What requests to an endpoint are signed with: with all of them while one is replaced by another.
create table webhook_secret (
  endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
  id uuid not null,
  key_id text not null,
  ciphertext bytea not null,
  created_at timestamptz not null,
  ends_at timestamptz,
  primary key (endpoint_id, id)
);

-- An event that an endpoint is to be told of. What is told again on request is a row of its own.
create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
  event_id uuid not null,
  event_type text not null,
  -- The event's place, and what it is about: the order of what is told of one object.
  seq bigint not null,
  object_id text not null,
  -- Null is the first telling of it.
  replay_id uuid,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  -- By the real clock: when it is sent next, and until when somebody is sending it.
  due_at timestamptz not null,
  claimed_until timestamptz,
  attempts integer not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index webhook_delivery_once on webhook_delivery (endpoint_id, event_id) where replay_id is null;
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at, seq) where state = 'waiting';
create index webhook_delivery_of_object on webhook_delivery (endpoint_id, object_id, seq) where state = 'waiting';
create index webhook_delivery_of_event on webhook_delivery (event_id);
create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null;

-- One request, and what was answered.
create table webhook_attempt (
  delivery_id uuid not null references webhook_delivery (id) on delete cascade,
  number integer not null,
  at timestamptz not null,
  milliseconds integer not null,
  -- Null where there was no answer; then the error says why.
  status integer,
  error text,
  -- The first 1,000 characters of the answer.
  answer text,
  primary key (delivery_id, number)
);
