-- Links that payers open in a browser, without an account of their own. What is kept of the secret of one is its SHA-256.
create table payment_link (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- What it asks for: a `document`, all `open_items` of the account, or a `top_up` whose amount the payer chooses.
  purpose text not null check (purpose in ('document', 'open_items', 'top_up')),
  invoice_id uuid references invoice (id),
  secret_sha256 bytea not null,
  -- `request`: somebody asked for it; `issued`: it stands on the document.
  origin text not null check (origin in ('request', 'issued')),
  -- The key or user; of one on a document nobody.
  made_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  check ((purpose = 'document') = (invoice_id is not null)),
  check (expires_at > created_at)
);
create index payment_link_of_account on payment_link (account_id);
create index payment_link_of_invoice on payment_link (invoice_id);

/*
 * What a payer has begun on a page: one form that was sent, however often. Its attempts have keys that begin with `pay-page:` and its id. A
 * payment provider is given an address to come back to, which is kept with the attempt: so that the link itself is kept nowhere, that address
 * has a secret of its own, which opens the link for a day.
 */
create table payment_link_checkout (
  id uuid primary key,
  link_id uuid not null references payment_link (id),
  secret_sha256 bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index payment_link_checkout_of_link on payment_link_checkout (link_id);
