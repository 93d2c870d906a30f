-- These follow what happens from now on. They have their places before anything happens: the feed would give them one when it looks at a tenant for the
-- first time, and what a new tenant does in the moment before that would be missed.
insert into event_subscriber (name, seq)
  select later.name, event_head.seq
  from event_head cross join (values ('auto-charge'), ('deliveries'), ('payment-plans'), ('webhooks')) as later (name)
  on conflict (name) do nothing;
