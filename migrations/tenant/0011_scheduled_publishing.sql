-- From when on a plan version is what new subscriptions get; null is from its publication on.
alter table plan_version add column available_from timestamptz;
