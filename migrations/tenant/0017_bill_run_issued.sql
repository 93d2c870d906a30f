-- Documents that a run issued since it was last asked for; `documents` are all of it.
alter table bill_run add column issued integer not null default 0;
