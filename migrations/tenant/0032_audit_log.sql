-- Who did what, when and from where: one row for each request that wrote something, in its transaction. A request that
-- commits by itself has two: `begun` before, and `done` or `refused` after. Of charging and of the delivery of usage, which
-- the journal tells record by record, there is the first of each hour for each key and address. Rows never change.
create table audit_entry (
  id uuid primary key,
  at timestamptz not null,
  request_id uuid not null,
  outcome text not null check (outcome in ('done', 'begun', 'refused')),
  -- 'key', 'user', 'link' or 'nobody', with the id of the key or user.
  actor_kind text not null,
  actor_id uuid,
  person text not null,
  -- As the API describes it: 'POST /v1/payments'.
  route text collate "C" not null,
  -- What it was about: a key or an id out of the address or the answer.
  object text collate "C",
  -- Names of what the body had, not what stood there.
  fields text[] not null,
  -- Of a refusal: its code.
  problem text,
  ip text not null,
  user_agent text not null
);
create index audit_entry_of_actor on audit_entry (actor_id, id);
create index audit_entry_of_object on audit_entry (object, id) where object is not null;
create index audit_entry_of_route on audit_entry (route, id);
