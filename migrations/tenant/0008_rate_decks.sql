-- Rate decks: prefixes of numbers and what they cost. A version never changes; the latest that has begun replaces the ones
-- before as a whole.
create table rate_deck_version (
  id uuid primary key,
  code text not null,
  -- Counted from 1 in the order of import.
  version integer not null,
  name text not null,
  effective_from date not null,
  -- Zone, columns, and how dialled numbers become those of the deck.
  settings jsonb not null,
  row_count integer not null,
  -- JSON of the rows, zstd.
  content bytea not null,
  -- SHA-256 of the JSON.
  digest bytea not null,
  file_name text not null,
  imported_at timestamptz not null,
  unique (code, version)
);
