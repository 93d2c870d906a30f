-- Where two people have to agree, it is told who asked: a person may have many keys. Null in rows of before, where each
-- key is a person.
alter table adjustment add column requested_by_person text;
alter table re_rating add column requested_by_person text;

-- Who set a limit of approvals, by currency, and what held before: {"EUR": {"person": …, "before": "10"}}. It does not
-- hold for what that person asks until another one has set it, too.
alter table charging_settings add column limits_set_by jsonb not null default '{}';
