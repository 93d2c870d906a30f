-- What was opened is to be paid, also when the subscription was taken back as of before; null for terms of before.
alter table contract_commit add column plan_version_id uuid;
