-- The number of the last event that was deleted because it was older than the tenant keeps events.
alter table event_head add column forgotten bigint not null default 0;
-- Jobs that are over, by when they ended.
create index job_over on job (finished_at) where state in ('complete', 'cancelled');
