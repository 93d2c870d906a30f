-- When what Kvit may let go of a customer was erased; null for others.
alter table customer add column erased_at timestamptz;
