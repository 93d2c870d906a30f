-- Work that is done later, or goes on until it is done, whichever process does it. A job is known by its kind and key.
create table job (
  id uuid primary key,
  kind text collate "C" not null,
  key text collate "C" not null,
  payload jsonb not null,
  state text not null check (state in ('waiting', 'running', 'complete', 'failed', 'cancelled')),
  -- By the clock of the tenant. Those that are scheduled run in the order of it; others were asked for then.
  due_at timestamptz not null,
  is_scheduled boolean not null,
  -- How often it has failed since somebody asked for it, and when it is tried again, by the clock of the database.
  attempts integer not null,
  retry_at timestamptz,
  -- How often a process left it without a word, since it last told how far it is.
  losses integer not null,
  -- Who works on it, until when by the clock of the database, and how often it was taken: whoever took it before finds
  -- another number, and writes nothing any more.
  owner text,
  lease_until timestamptz,
  fence bigint not null,
  is_cancel_asked boolean not null,
  -- It was asked for while it was worked on: it is done once more.
  is_asked_again boolean not null,
  -- How far it is.
  done bigint not null,
  total bigint,
  words text,
  error text,
  -- Whose request it was.
  request_id uuid,
  actor text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  unique (kind, key),
  check ((state = 'running') = (owner is not null and lease_until is not null))
);
create index job_unfinished on job (state, due_at, id) where state in ('waiting', 'running');
create index job_of_state on job (state, id);
