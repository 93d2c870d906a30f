-- A day of a fee has an id that grows with time, so that the journal can vouch for its row.
alter table daily_fee add column id uuid;
update daily_fee
set id = (
  lpad(to_hex((extract(epoch from taken_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
  || '8' || substr(md5(random()::text), 1, 15)
)::uuid;
alter table daily_fee alter column id set not null;
create unique index daily_fee_id on daily_fee (id);
