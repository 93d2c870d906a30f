-- Why the delivery of a file was closed before its end; its status is `refused` then.
alter table usage_import add column refusal text;
