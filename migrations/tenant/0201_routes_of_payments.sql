-- Which payments are begun at a gateway, beside its currencies: `countries` of customers (null is all), `amounts` of a currency from `least` to `most`, and
-- `unansweredMost`, after how many attempts in a row without an answer it is asked last. Null is a gateway that takes all that its adapter takes.
alter table payment_gateway add column routing jsonb;
