-- What a notice says that is for its person alone, such as a code or a link by which a password is set: encrypted, and deleted when its message has gone.
create table notice_secret (
  notice_id uuid primary key references notice (id) on delete cascade,
  customer_id uuid not null references customer (id),
  key_id text not null,
  ciphertext bytea not null,
  -- By the clock of the tenant: what is older than its kind may be is of no use, and is deleted.
  created_at timestamptz not null
);
create index notice_secret_of_customer on notice_secret (customer_id);
create index notice_secret_old on notice_secret (created_at);

-- What stood there readable is gone; a code that had not been sent is asked for once more.
update notice set data = '{}' where kind in ('password_reset', 'security_code');
