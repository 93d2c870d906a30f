-- What is due of an account and not issued yet: its next bill, an interim invoice or a note on documents before, and why it waits. Its lines
-- are not kept: they follow from the facts each time it is looked at and when it is issued, so that late usage joins it.
alter table document_hold rename to document_draft;
alter table document_draft rename column held_at to made_at;
alter table document_draft add column id uuid not null default gen_random_uuid();
alter table document_draft alter column id drop default;
alter table document_draft drop constraint document_hold_pkey;
alter table document_draft add primary key (id);
alter table document_draft rename constraint document_hold_account_id_fkey to document_draft_account_id_fkey;
-- `bill`, `interim` or `note`.
alter table document_draft add column kind text not null default 'bill';
-- Which of the account's drafts of a kind: there is one bill, and a note for each cause.
alter table document_draft add column purpose text not null default '';
-- Up to which day bill runs have asked: what comes after the draft waits behind it.
alter table document_draft add column until_day date;
-- What a note is about.
alter table document_draft add column request jsonb;
-- As it was when it was last looked at by a run: what it comes to, what is odd about it, and when it is issued by itself.
alter table document_draft add column total_minor numeric not null default 0;
alter table document_draft add column warnings jsonb not null default '[]';
alter table document_draft add column due_at timestamptz;
alter table document_draft add constraint document_draft_of_account unique (account_id, kind, purpose);
create index document_draft_due on document_draft (due_at) where due_at is not null;
update document_draft set
  until_day = billing_day,
  reasons = (select coalesce(jsonb_agg(jsonb_build_object('code', 'tax_missing', 'text', text)), '[]') from jsonb_array_elements_text(reasons) text);

-- Somebody said: do not issue it. Of one draft, or, without one, of all documents of the account.
create table issue_hold (
  id uuid primary key,
  account_id uuid not null references account (id),
  draft_id uuid,
  until_at timestamptz,
  reason text not null,
  placed_by text not null,
  placed_by_person text not null,
  placed_at timestamptz not null,
  released_by text,
  released_by_person text,
  released_at timestamptz
);
create unique index issue_hold_open on issue_hold (account_id, draft_id) nulls not distinct where released_at is null;

-- Somebody has looked at a draft and approves of it, for the amount that it had.
create table draft_approval (
  id uuid primary key,
  draft_id uuid not null,
  account_id uuid not null references account (id),
  billing_day date not null,
  currency text not null,
  total_minor numeric not null,
  warnings jsonb not null,
  note text,
  approved_by text not null,
  approved_by_person text not null,
  approved_at timestamptz not null
);
create index draft_approval_of_draft on draft_approval (draft_id);

-- How long an account's bills stay drafts, such as P3D or PT36H; null for what the settings say.
alter table account add column grace_period text;
-- Accounts whose next document waits for nothing but the end of its grace period.
alter table bill_run add column in_grace integer not null default 0;
