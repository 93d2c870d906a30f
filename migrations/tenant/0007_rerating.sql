-- Rows of a segment that take back or replace what was charged before.
alter table segment add column corrected integer not null default 0;
