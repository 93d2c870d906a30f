-- What the bills of an account are split by, a document each: `subscription`, `service`, or an entry of metadata such as `metadata.costCentre`.
alter table account add column split_by text;
-- Which part of the bill a document is; empty where bills are not split, and for what belongs to no part.
alter table invoice add column part text not null default '';
alter table invoice drop constraint invoice_account_id_billing_day_purpose_key;
alter table invoice add constraint invoice_once_due unique (account_id, billing_day, purpose, part);
