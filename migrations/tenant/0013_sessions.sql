-- Engine: sessions that run or have expired, as checkpoints of the journal. Those of before stand in `account_balance`, and move
-- here with the next checkpoint. What has ended is in the journal alone.
create table charging_session (
  -- Source and id, as a JSON list: as the engine names it.
  key text collate "C" primary key,
  -- The fact of the session as it stands in segments.
  content text not null
);
