-- Who made a key. All keys that descend from one key of a tenant are one person where two have to agree, and they end
-- with it. Null is a key of before, or one that the server made itself.
alter table api_key
  add column made_by uuid references api_key (id),
  -- The key that stands for the person; null is the key itself, and of root keys the owner of the machine.
  add column person uuid references api_key (id);
create index api_key_made_by on api_key (made_by) where made_by is not null;
