-- What meters that do not simply add up have observed in a period, such as register readings; null for the others.
alter table counter add column series bytea;
