-- What identifies the records of a segment, 24 bytes each: recovery reads this instead of the payload.
alter table segment add column identities bytea;
alter table segment alter column identities set storage external;

-- Segments whose facts are in the archive keep their digests; payload and identities are let go.
alter table segment alter column payload drop not null;
alter table segment add column archived_at timestamptz;
alter table partition add column archived_seq bigint not null default 0;

create table archive_file (
  -- Below the archive's folder.
  path text primary key,
  partition_id integer not null references partition (id),
  -- 'charges' or 'movements'.
  kind text not null,
  -- The UTC day of the records' starts; null where it is not about usage.
  day date,
  from_seq bigint not null,
  through_seq bigint not null,
  rows bigint not null,
  bytes bigint not null,
  sha256 bytea not null,
  -- First and last start, and the last end, of the records.
  min_time timestamptz,
  max_time timestamptz,
  max_end timestamptz
);
create index archive_file_by_seq on archive_file (partition_id, through_seq);
