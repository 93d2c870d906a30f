-- Where an issuer takes payments, by currency: its documents show them, with codes that banking applications read.
alter table issuer add column bank_accounts jsonb not null default '[]';
