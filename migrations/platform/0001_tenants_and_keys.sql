-- Tenants and the keys that open them. Everything else of a tenant lives in its own schema.
create table tenant (
  name text primary key,
  schema_name text not null unique,
  -- The test clock: null follows the real one.
  clock timestamptz,
  acceptance_window_days integer not null,
  created_at timestamptz not null
);

-- A key is shown once; what is kept is the SHA-256 of its 256-bit secret. A null tenant is the root key.
create table api_key (
  id uuid primary key,
  tenant text references tenant (name),
  name text not null,
  secret_sha256 bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
