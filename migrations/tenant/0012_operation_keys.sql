-- Transfers and promises are found by the caller's key, whoever's they are.
create index balance_entry_by_key on balance_entry (key, kind) where key is not null;
