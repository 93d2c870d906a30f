-- Files that go out with their document: inside its e-invoice, and with it by e-mail. Others are for the eyes of the house alone.
alter table attachment add column is_enclosed boolean not null default false;
create index attachment_enclosed on attachment (subject_id) where is_enclosed;
