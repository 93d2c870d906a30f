-- A document is found by its number as it is printed, and an issuer prints no number twice, whatever its series are called.
create unique index invoice_printed_number on invoice ((document ->> 'number'), issuer_id);
