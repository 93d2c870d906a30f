-- Documents that the journal vouches for. Several are anchored by one segment, whose bytes hold the Merkle root over
-- their anchors in the order of `place`, and nothing else.
create table invoice_anchor (
  invoice_id uuid primary key references invoice (id),
  -- SHA-256 of the document's text, the Merkle root over its charges, and the hash of both with the invoice's id.
  document_digest bytea not null,
  charges_root bytea not null,
  anchor bytea not null,
  seq bigint not null,
  place integer not null,
  anchored_at timestamptz not null,
  unique (seq, place)
);
