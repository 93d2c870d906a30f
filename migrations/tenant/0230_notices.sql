-- People of a customer whom something is said to: who pays, who runs what was bought, who signed.
create table contact (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  key text not null,
  name text not null,
  email text,
  phone text,
  -- By the channel, where it is neither of both: `{"push": "…", "messenger": "…"}`.
  addresses jsonb not null,
  -- Null are those of the customer, and of the account that something is about.
  language text,
  zone text,
  -- A list of payer, technical, owner.
  roles jsonb not null,
  -- Local times such as 21:00; both or none: null are those of the settings.
  quiet_from text,
  quiet_until text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When it was removed: what it was told is kept.
  removed_at timestamptz,
  unique (customer_id, key),
  check ((quiet_from is null) = (quiet_until is null))
);

/*
 * What is to be said: asked for in the transaction of its reason, planned soon afterwards. `planned` has messages, or a reason why there is none.
 */
create table notice (
  id uuid primary key,
  kind text not null,
  -- Once for each of a kind: the id of an event, or what the caller names it by.
  key text not null,
  customer_id uuid not null references customer (id),
  account_id uuid references account (id),
  -- What it is about, such as an invoice: the same about the same within some hours is a duplicate.
  about text,
  -- What its template can say.
  data jsonb not null,
  -- A trial, or a message that somebody asked for: by this channel alone, to this address.
  only_channel text,
  only_to text,
  origin text not null check (origin in ('event', 'request', 'trial', 'module')),
  state text not null check (state in ('new', 'planned', 'suppressed')),
  -- Why nobody is told.
  reason text,
  created_at timestamptz not null,
  unique (kind, key)
);
create index notice_new on notice (id) where state = 'new';
create index notice_of_customer on notice (customer_id, kind, created_at);
create index notice_of_account on notice (account_id);

/*
 * A message to one person by one channel: stand_by → waiting → sending → sent → delivered | failed, unknown where nobody says what came of it, or suppressed
 * with a reason. It is `sending` before it is sent, so that what a killed process was doing is known.
 */
create table notice_send (
  id uuid primary key,
  notice_id uuid not null references notice (id),
  kind text not null,
  customer_id uuid not null references customer (id),
  -- The contact, or the customer itself.
  person_id uuid not null,
  channel text not null,
  -- Its place in the fallback chain, from 0 on, and when it is taken: `{"when": "not_read", "afterMinutes": 10}`.
  step integer not null,
  condition text not null check (condition in ('failed', 'not_delivered', 'not_read')),
  after_minutes integer not null,
  -- 0 is urgent, 1 normal, 2 low.
  priority integer not null,
  state text not null check (state in ('stand_by', 'waiting', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'suppressed')),
  reason text,
  said text,
  -- Not before, by the clock of the tenant; and when it is tried again, by the real clock.
  due_at timestamptz not null,
  retry_at timestamptz,
  attempts integer not null default 0,
  -- Which process sends it.
  owner text,
  address text,
  language text,
  template_id uuid,
  -- As it was sent; null where the kind has a secret.
  subject text,
  text text,
  html text,
  provider_id text,
  -- What it cost by the settings.
  cost numeric,
  cost_currency text,
  -- Of the link by which somebody unsubscribes.
  link_sha256 bytea,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  read_at timestamptz
);
create unique index notice_send_once on notice_send (notice_id, person_id, step);
create index notice_send_due on notice_send (channel, priority, due_at, id) where state = 'waiting';
create index notice_send_under_way on notice_send (id) where state = 'sending';
create index notice_send_to_person on notice_send (person_id, channel, sent_at) where sent_at is not null;
create index notice_send_of_customer on notice_send (customer_id);
create index notice_send_of_provider on notice_send (channel, provider_id) where provider_id is not null;

-- Each time a channel was given a message. Without an end where the process was killed meanwhile.
create table notice_attempt (
  send_id uuid not null references notice_send (id),
  number integer not null,
  customer_id uuid not null references customer (id),
  -- By the real clock.
  began_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('accepted', 'failed', 'unknown')),
  reason text,
  said text,
  primary key (send_id, number),
  check ((ended_at is null) = (outcome is null))
);
create index notice_attempt_of_customer on notice_attempt (customer_id);

-- What somebody has said about being told: the last row of a person, kind and channel holds, the others are its history. Both may be `*`.
create table notice_preference (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  person_id uuid not null,
  kind text not null,
  channel text not null,
  -- Null is as if nothing had been said.
  is_wanted boolean,
  origin text not null check (origin in ('request', 'link', 'one_click', 'complaint')),
  created_at timestamptz not null
);
create index notice_preference_of_person on notice_preference (person_id, kind, channel, id);
create index notice_preference_of_customer on notice_preference (customer_id);

-- Addresses that do not work: nothing is sent there until somebody names the address anew.
create table notice_address (
  customer_id uuid not null references customer (id),
  channel text not null,
  address text not null,
  reason text not null,
  noted_at timestamptz not null,
  primary key (customer_id, channel, address)
);

-- What a tenant says in place of the words that Kvit ships. A version never changes; the last one that was approved is used.
create table notice_template (
  id uuid primary key,
  kind text not null,
  -- A channel, or `*` for all.
  channel text not null,
  language text not null,
  -- Null is for all brands.
  brand text,
  version integer not null,
  subject text,
  text text not null,
  html text,
  state text not null check (state in ('draft', 'approved', 'rejected')),
  requested_by text not null,
  requested_by_person text,
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz
);
create unique index notice_template_version on notice_template (kind, channel, language, coalesce(brand, ''), version);

-- Notices follow what happens from now on, as others do that have their places by `0211`.
insert into event_subscriber (name, seq) select 'notices', seq from event_head on conflict (name) do nothing;
