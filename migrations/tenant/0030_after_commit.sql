-- What the engine must hear of a write after its commit. It is done again when the answer is given again: who was answered
-- with an error after the commit asks once more, and must not be told of a success that the engine never heard of.
alter table idempotency add column after_commit jsonb not null default '[]';
