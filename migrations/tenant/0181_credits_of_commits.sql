-- What a credit note credits of a commit: its money is taken back as far as nobody has used it, and the rest is given.
create table commit_credit (
  -- The line of the credit note.
  line_id uuid primary key,
  account_id uuid not null references account (id),
  -- Of the commit, and of the lot of its term; empty where none was opened.
  code text not null,
  origin text not null,
  amount_minor numeric not null,
  -- Null until its balances were told.
  taken_minor numeric,
  applied_at timestamptz
);
create index commit_credit_waiting on commit_credit (account_id) where applied_at is null;
