-- A plan version has a row for each of its currencies, and one for each subscription whose prices were negotiated.
alter table plan_version
  add column currency text,
  add column base_version_id uuid references plan_version (id),
  add column subscription_id uuid references subscription (id) deferrable initially deferred;
update plan_version set currency = content ->> 'currency';
alter table plan_version
  alter column currency set not null,
  drop constraint plan_version_code_version_key,
  add constraint plan_version_negotiated check ((base_version_id is null) = (subscription_id is null));
create unique index plan_version_listed on plan_version (code, version, currency) where subscription_id is null;
create index plan_version_of_subscription on plan_version (subscription_id) where subscription_id is not null;

alter table subscription
  -- Where recurring periods are counted from: the account's anchor, or the subscription's first day.
  add column alignment text not null default 'calendar' check (alignment in ('calendar', 'anniversary')),
  -- Overrides the length of the plan's trial.
  add column trial_days integer check (trial_days >= 0),
  add column term_unit text,
  add column term_count integer check (term_count > 0),
  add column renews boolean not null default true,
  -- The subscription that an add-on belongs to.
  add column parent_id uuid references subscription (id),
  add constraint subscription_term check ((term_unit is null) = (term_count is null));
create index subscription_of_parent on subscription (parent_id) where parent_id is not null;

-- The dated changes of a subscription, only ever added to: what is billed and charged follows from all of them that
-- were not withdrawn. The row of the subscription says what it began with.
create table subscription_change (
  id uuid primary key,
  subscription_id uuid not null references subscription (id),
  -- The order of recording: at one instant the last change wins.
  position integer not null,
  effective_at timestamptz not null,
  kind text not null check (kind in ('plan', 'quantity', 'pause', 'resume', 'cancel', 'renew')),
  content jsonb not null,
  note text,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (subscription_id, position)
);
