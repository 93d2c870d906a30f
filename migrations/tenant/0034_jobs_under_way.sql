-- What was under way before there were jobs: each becomes one, with the id of its own row.
insert into job (id, kind, key, payload, state, due_at, is_scheduled, attempts, losses, fence, is_cancel_asked, is_asked_again, done, created_at)
select id, kind, key, '{}', 'waiting', created_at, false, 0, 0, 0, false, false, 0, created_at from (
  select id, 'bill_run' as kind, until_day::text as key, created_at from bill_run where status = 'running'
  union all
  select id, 're_rating', id::text, created_at from re_rating where status in ('computing', 'applying', 'cancelling')
  union all
  select id, 'usage_retraction', id::text, created_at from usage_retraction where status = 'running'
) as under_way;
