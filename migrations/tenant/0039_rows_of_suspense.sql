-- Which row of its file a suspended record stood in, from 1 on; null where it came by itself, and in rows of before.
alter table suspense add column import_row bigint;
