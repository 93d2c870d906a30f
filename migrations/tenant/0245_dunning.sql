-- What is done when accounts do not pay: policies, each in versions that never change.
create table dunning_policy (
  id uuid primary key,
  key text not null,
  version integer not null check (version > 0),
  -- `draft` is previewed and begins nothing; `withdrawn` begins no more runs. The last version of a key holds.
  state text not null check (state in ('in_force', 'draft', 'withdrawn')),
  content jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  unique (key, version)
);

-- What was done on an account from its first step until its debt was gone. It goes on by the policy that it began with.
create table dunning_run (
  id uuid primary key,
  account_id uuid not null references account (id),
  policy_id uuid not null references dunning_policy (id),
  state text not null check (state in ('running', 'ended')),
  currency text not null,
  -- The block that it has placed and that stands.
  block text check (block in ('soft', 'hard')),
  -- How many it has placed: each has a key of its own.
  blocks integer not null default 0 check (blocks >= 0),
  started_on date not null,
  started_at timestamptz not null,
  ended_on date,
  ended_at timestamptz,
  reopened integer not null default 0 check (reopened >= 0),
  check ((state = 'ended') = (ended_on is not null)),
  check (state = 'running' or block is null)
);
create unique index dunning_run_running on dunning_run (account_id) where state = 'running';
create index dunning_run_of_account on dunning_run (account_id, id);

create table dunning_step (
  id uuid primary key,
  run_id uuid not null references dunning_run (id),
  account_id uuid not null references account (id),
  -- Its name and place in the policy of the run.
  step_id text not null,
  position integer not null check (position > 0),
  action text not null,
  -- `asked` until a job has done it; `skipped` where a later one of its kind was due, too.
  state text not null check (state in ('asked', 'done', 'not_available', 'failed', 'skipped')),
  currency text not null,
  -- What was to be asked for then.
  amount_minor numeric not null check (amount_minor >= 0),
  days_overdue integer not null check (days_overdue >= 0),
  -- The account's day.
  done_on date not null,
  done_at timestamptz not null,
  -- What came of it, or why nothing did.
  detail text,
  unique (run_id, step_id),
  unique (run_id, position)
);
create index dunning_step_of_account on dunning_step (account_id);

-- Somebody has said that nothing is done on an account, until a day or until somebody says otherwise.
create table dunning_hold (
  id uuid primary key,
  account_id uuid not null references account (id),
  reason text not null,
  until_on date,
  made_by text not null,
  made_at timestamptz not null,
  released_by text,
  released_at timestamptz,
  release_reason text,
  check ((released_at is null) = (released_by is null))
);
create unique index dunning_hold_one on dunning_hold (account_id) where released_at is null;

-- Calls that a person makes.
create table dunning_call_task (
  id uuid primary key,
  run_id uuid not null references dunning_run (id),
  account_id uuid not null references account (id),
  step_id text not null,
  script text not null,
  currency text not null,
  amount_minor numeric not null check (amount_minor >= 0),
  state text not null check (state in ('open', 'done', 'cancelled')),
  outcome text,
  note text,
  created_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'done') = (outcome is not null))
);
create index dunning_call_task_of_account on dunning_call_task (account_id);
create index dunning_call_task_open on dunning_call_task (id) where state = 'open';

-- Files of accounts that were handed over to somebody who collects.
create table dunning_hand_over (
  id uuid primary key,
  key text not null unique,
  recipient text,
  made_by text not null,
  made_at timestamptz not null
);

-- Accounts that are to be handed over, or were, with what was open then.
create table dunning_hand_over_account (
  id uuid primary key,
  run_id uuid not null references dunning_run (id),
  account_id uuid not null references account (id),
  hand_over_id uuid references dunning_hand_over (id),
  -- `recalled`: its debt was gone before, or after, it was handed over.
  state text not null check (state in ('waiting', 'handed_over', 'recalled')),
  currency text not null,
  -- [{"invoiceId", "number", "dueOn", "open"}] as of the file; null before.
  items jsonb,
  amount_minor numeric check (amount_minor > 0),
  created_at timestamptz not null,
  recalled_at timestamptz,
  check ((hand_over_id is null) = (items is null)),
  check ((items is null) = (amount_minor is null)),
  check (state <> 'handed_over' or hand_over_id is not null),
  check ((state = 'recalled') = (recalled_at is not null))
);
-- What was recalled may have to be handed over once more.
create unique index dunning_hand_over_account_one on dunning_hand_over_account (run_id) where state <> 'recalled';
create index dunning_hand_over_account_of_account on dunning_hand_over_account (account_id);
create index dunning_hand_over_account_of_file on dunning_hand_over_account (hand_over_id);
create index dunning_hand_over_account_waiting on dunning_hand_over_account (id) where state = 'waiting';

-- It follows what happens from now on, from a tenant's birth.
insert into event_subscriber (name, seq)
  select 'dunning', event_head.seq from event_head
  on conflict (name) do nothing;
