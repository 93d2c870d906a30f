-- Since when the balances of an account are told of its documents and payments. Those of before were taken up when they
-- opened: what the account had been charged and not billed, what documents had billed, and what payments had brought.
create table balance_opening (
  account_id uuid primary key references account (id),
  opened_at timestamptz not null,
  -- At the currency's rating scale: charged and billed by a document; and minor units of documents and payments.
  billed_charges numeric not null default 0,
  documents_minor numeric not null default 0,
  payments_minor numeric not null default 0
);

-- Balances that are open already were opened by the rules of before.
insert into balance_opening (account_id, opened_at)
select account_id, to_timestamp((content ->> 'openedMs')::numeric / 1000)
from account_balance
where content ->> 'openedMs' is not null;

-- What had been charged, at the rating scale, for the usage that a line and the lines before it stand for. Null on lines
-- of before: the price of their measures.
alter table invoice_line add column charged numeric;
