-- Until when a key opens anything, when it was last used (written every ten minutes at most), how often a second it may ask,
-- which key it took the place of, and the user whose key it is: one that a user made, and all that descend from it.
alter table api_key
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column requests_per_second integer,
  add column replaces uuid references api_key (id),
  add column owner_user uuid references app_user (id);
create index api_key_of_user on api_key (owner_user) where owner_user is not null;
