-- People who sign in. One account works in several tenants, with roles of its own in each.
create table app_user (
  id uuid primary key,
  -- In lower case.
  email text collate "C" not null unique,
  name text not null,
  -- Argon2id as a PHC string; null is a user who signs in by an identity provider alone.
  password_hash text,
  -- The person who held the link by which this user got in, and so might be this user: where two people have to agree, they
  -- are one. Null is a user who was invited by the owner of the machine, or whom an identity provider knows.
  vouched_by text,
  -- Second factor, RFC 6238: the secret, since when it is asked for (null: not confirmed yet), and the last step that was used.
  totp_secret bytea,
  totp_since timestamptz,
  totp_step bigint not null default 0,
  -- Somebody who does not get in has asked for a new password.
  reset_requested_at timestamptz,
  created_at timestamptz not null
);

create table membership (
  user_id uuid not null references app_user (id),
  tenant text not null references tenant (name),
  roles text[] not null,
  invited_by text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (user_id, tenant)
);
create index membership_of_tenant on membership (tenant, user_id);

-- Roles that a tenant has made itself; those that every tenant has are in the code.
create table tenant_role (
  tenant text not null references tenant (name),
  name text not null,
  description text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  primary key (tenant, name)
);

-- Links that open one thing once: an invitation, or the setting of a new password. Kept is the SHA-256 of 256 random bits.
create table user_link (
  id uuid primary key,
  kind text not null check (kind in ('invitation', 'password_reset')),
  secret_sha256 bytea not null,
  -- Who is meant: an address that is invited, or a user.
  email text collate "C" not null,
  user_id uuid references app_user (id),
  tenant text references tenant (name),
  roles text[],
  -- Who made it, and the person who holds its text; null is the owner of the machine.
  made_by text not null,
  held_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Used, revoked, or replaced by another one.
  ended_at timestamptz
);
create index user_link_of_email on user_link (email) where ended_at is null;

create table user_session (
  id uuid primary key,
  secret_sha256 bytea not null,
  user_id uuid not null references app_user (id),
  -- How it began: by a password, or by an identity provider.
  way text not null,
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null,
  -- Written once a minute at most.
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index user_session_of_user on user_session (user_id) where ended_at is null;

-- For whoever has lost the second factor; each opens once.
create table recovery_code (
  user_id uuid not null references app_user (id),
  code_sha256 bytea not null,
  used_at timestamptz,
  primary key (user_id, code_sha256)
);

-- How identity providers call users.
create table user_identity (
  issuer text not null,
  subject text not null,
  user_id uuid not null references app_user (id),
  linked_at timestamptz not null,
  primary key (issuer, subject)
);

-- Sign-ins that are under way at an identity provider. The browser's cookie has what this is the SHA-256 of.
create table oidc_sign_in (
  cookie_sha256 bytea primary key,
  state text not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);
