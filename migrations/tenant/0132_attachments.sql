-- Files that somebody keeps with a document, a customer or a dispute.
create table attachment (
  id uuid primary key,
  -- Whose it is, whatever it is kept with.
  customer_id uuid not null references customer (id),
  subject_kind text not null check (subject_kind in ('document', 'customer', 'dispute')),
  subject_id uuid not null,
  name text not null,
  type text not null,
  bytes integer not null,
  sha256 bytea not null,
  -- Null once it was deleted or erased: what it was stays known.
  content bytea,
  added_by text not null,
  added_at timestamptz not null,
  deleted_by text,
  deleted_at timestamptz,
  delete_reason text
);
create index attachment_of_subject on attachment (subject_kind, subject_id);
create index attachment_of_customer on attachment (customer_id);
