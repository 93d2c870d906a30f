-- What waits for a second person, whatever it is: reversals as before, notes on request, write-offs, and what accepts a dispute.
alter table reversal_request rename to approval_request;
alter index reversal_request_pkey rename to approval_request_pkey;
alter index reversal_request_waiting rename to approval_request_waiting;
alter table approval_request rename constraint reversal_request_account_id_fkey to approval_request_account_id_fkey;
alter table approval_request drop constraint reversal_request_kind_check;
alter table approval_request add check (kind in ('payment', 'top_up', 'credit_note', 'void', 'debit_note', 'write_off', 'dispute'));
-- What is carried out, as it was asked for; null where the subject says all: a reversal.
alter table approval_request add column content jsonb;
