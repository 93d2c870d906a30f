-- Credit notes, voids and debit notes that somebody asked for.

-- Of a line that credits one of before on request: which. Such lines are no billing: what was given up is not billed again, and what is
-- left of a charge never goes below nothing by it.
alter table invoice_line add column credits_line_id uuid references invoice_line (id);
create index invoice_line_of_credited on invoice_line (credits_line_id) where credits_line_id is not null;
-- Whether its document was voided to be billed anew: it counts as never billed.
alter table invoice_line add column is_unbilled boolean not null default false;

create table document_request (
  -- The note that came of it, and the document that it is about.
  invoice_id uuid primary key references invoice (id),
  corrects_id uuid not null references invoice (id),
  account_id uuid not null references account (id),
  -- Of the caller: the same key again gives the same answer.
  key text not null unique,
  -- What was asked, as it was read.
  content jsonb not null,
  -- `credit`, `void` or `debit`.
  kind text not null,
  reason_code text not null,
  -- What becomes of what is not open of the document: `open_invoices`, `balance` or `refund`; null of debit notes.
  money text,
  -- What of it is to be paid back, in minor units.
  refund_minor numeric not null default 0,
  -- Of a void: whether what it billed is billed anew.
  rebill boolean not null default false,
  requested_by text not null,
  created_at timestamptz not null
);
create index document_request_of_corrected on document_request (corrects_id);

-- Money that is to be paid back, until it was sent.
create table refund (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- The credit note that it comes of.
  credit_note_id uuid not null references invoice (id),
  amount_minor numeric not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  -- Once it was sent: how, by which number of the bank, and when.
  method text,
  reference text,
  sent_on date,
  sent_at timestamptz,
  recorded_by text
);
create index refund_of_account on refund (account_id);

-- Whether corrections of an issuer say of each line what was billed, what it should be, and the difference.
alter table issuer add column corrective_form boolean not null default false;
