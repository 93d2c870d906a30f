-- Kind `payout` of a match. A payout of a payment provider is on a bank account: its money is there, and no longer under `cash:bank`, where the payout has booked it.
alter table bank_match add column payout_id uuid references gateway_payout (id);
create unique index bank_match_of_payout on bank_match (payout_id) where payout_id is not null and undone_at is null;
