-- What the pages of an issuer, or of a brand of it, look like. A version never changes: documents name the one that they were issued with.
create table brand_version (
  id uuid primary key,
  key text not null,
  version integer not null,
  content jsonb not null,
  -- SHA-256 of the content as canonical JSON.
  digest text not null,
  created_at timestamptz not null,
  unique (key, version)
);

-- Logos, by the SHA-256 of their bytes. A document's brand names one by it.
create table brand_image (
  digest text primary key,
  format text not null,
  bytes bytea not null,
  created_at timestamptz not null
);

alter table issuer add column brand text;
-- In place of the issuer's.
alter table account add column brand text;
