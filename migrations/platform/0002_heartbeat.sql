-- Written whenever a server is asked whether it is ready: only a database that can be written is.
create table heartbeat (
  server text primary key,
  beaten_at timestamptz not null
);
