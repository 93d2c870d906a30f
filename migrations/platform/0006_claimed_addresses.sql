-- An address that a user has changed to, and that nobody has proven to be the user's. An identity provider that vouches for
-- the address means somebody else, perhaps: it opens no account that only claims it.
alter table app_user add column is_email_claimed boolean not null default false;
