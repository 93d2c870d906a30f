-- Which key the secret of an authenticator is encrypted with (AES-256-GCM; `src/platform/secrets`). Null beside a secret: one of
-- before, which is plain and is encrypted at the next start.
alter table app_user add column totp_key text;
