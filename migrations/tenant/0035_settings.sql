-- Settings of the tenant, by the names that modules declare (`settings` in their `module.ts`).
create table setting (
  name text primary key,
  content jsonb not null,
  changed_at timestamptz not null,
  -- The key or user.
  changed_by text not null
);

-- Secrets among them, encrypted with AES-256-GCM: nonce, text, tag. `key_id` says with which key (`src/platform/secrets`).
create table setting_secret (
  setting text not null references setting (name) on delete cascade,
  field text not null,
  key_id text not null,
  ciphertext bytea not null,
  set_at timestamptz not null,
  primary key (setting, field)
);
