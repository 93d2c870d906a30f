-- Reversals above the tenant's limit: who asked, and what a second person made of it. One may wait for each payment or top-up.
create table reversal_request (
  id uuid primary key,
  kind text not null check (kind in ('payment', 'top_up')),
  subject_id uuid not null,
  subject_key text not null,
  account_id uuid not null references account,
  currency text not null,
  amount_minor numeric(38, 0) not null check (amount_minor > 0),
  reason text not null,
  status text not null check (status in ('pending', 'applied', 'rejected', 'expired')),
  requested_by text not null,
  requested_by_person text not null,
  decided_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz
);
create unique index reversal_request_waiting on reversal_request (kind, subject_id) where status = 'pending';
