-- By which specification a customer wants its e-invoices, with the reference that it is known by there; null where it asks for none.
alter table customer add column einvoice jsonb;
-- Whom e-invoices name as the contact of the seller, and the seller's address in a network of e-invoices.
alter table issuer add column contact jsonb;
alter table issuer add column electronic_address jsonb;
