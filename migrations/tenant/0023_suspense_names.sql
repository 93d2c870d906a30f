-- A record that comes again while it waits in suspense is told so, with the reason.
create index suspense_open_name on suspense (record_id) where status = 'open';
