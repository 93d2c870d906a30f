-- What happened, for whoever follows it: each row is written in the transaction of what it tells. `seq` is its place in the
-- order; it is null until the row is committed and numbered (src/platform/events/number-events.ts). `written_at` is the
-- database's own clock and orders rows that wait for their numbers; `created_at` is the tenant's time.
create table event (
  id uuid primary key,
  seq bigint,
  type text not null,
  object_kind text not null,
  object_id text not null,
  account_id uuid,
  customer_id uuid,
  request_id uuid,
  actor text,
  data jsonb not null,
  created_at timestamptz not null,
  written_at timestamptz not null default clock_timestamp()
);

-- One row: the number of the event that was numbered last.
create table event_head (
  one boolean primary key default true check (one),
  seq bigint not null
);

-- How far a part of Kvit that follows events has come. `retry_at` is when it is tried again after it failed.
create table event_subscriber (
  name text primary key,
  seq bigint not null,
  failures integer not null default 0,
  last_error text,
  retry_at timestamptz
);

-- What was told before there was a catalogue keeps its ids, and its order.
insert into event (id, seq, type, object_kind, object_id, account_id, customer_id, data, created_at)
select outbox.id, row_number() over (order by outbox.id),
  case outbox.kind
    when 'threshold_crossed' then 'balance.threshold_crossed'
    when 'daily_fee_unpaid' then 'balance.daily_fee_unpaid'
    else 'outbox.' || outbox.kind
  end,
  'account', coalesce(outbox.account_id::text, ''), outbox.account_id, account.customer_id, outbox.payload, outbox.created_at
from outbox left join account on account.id = outbox.account_id;

insert into event_head (seq) select coalesce(max(seq), 0) from event;

create unique index event_seq on event (seq);
create index event_waiting on event (written_at, id) where seq is null;
create index event_object on event (object_id, seq);
create index event_account on event (account_id, seq) where account_id is not null;
create index event_customer on event (customer_id, seq) where customer_id is not null;

drop table outbox;
