-- Rows that money stands on, as the journal vouches for them: their digests, and the segment that holds the Merkle root
-- over those of one segment in the order of `place`. A row that requests change has one seal for each of its states.
create table sealed_row (
  kind text collate "C" not null,
  -- Its id or code, or those of rows that are made together.
  key text collate "C" not null,
  digest bytea not null,
  seq bigint not null,
  place integer not null,
  primary key (kind, key, seq),
  unique (seq, place)
);

-- Rows that requests have changed since they were sealed: the next seal takes them up.
create table changed_row (
  id uuid primary key,
  kind text collate "C" not null,
  key text collate "C" not null
);
create index changed_row_of_kind on changed_row (kind, key);
