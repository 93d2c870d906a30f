-- A subscription may have no seats for a while, or to begin with.
alter table subscription drop constraint subscription_quantity_check;
alter table subscription add constraint subscription_quantity_check check (quantity >= 0);
