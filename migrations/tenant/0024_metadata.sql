-- Notes of callers on things: texts by their keys. They may be changed at any time, on documents too, and stand outside of the
-- columns that the journal vouches for: nothing that Kvit computes depends on them.
alter table issuer add column metadata jsonb not null default '{}';
alter table customer add column metadata jsonb not null default '{}';
alter table account add column metadata jsonb not null default '{}';
alter table service add column metadata jsonb not null default '{}';
alter table subscription add column metadata jsonb not null default '{}';
alter table plan_version add column metadata jsonb not null default '{}';
alter table invoice add column metadata jsonb not null default '{}';
alter table payment add column metadata jsonb not null default '{}';

-- Lists are narrowed by entries. Rows without any, which most are, cost these indexes nothing.
create index customer_metadata on customer using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index account_metadata on account using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index service_metadata on service using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index subscription_metadata on subscription using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index invoice_metadata on invoice using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index payment_metadata on payment using gin (metadata jsonb_path_ops) where metadata <> '{}';
