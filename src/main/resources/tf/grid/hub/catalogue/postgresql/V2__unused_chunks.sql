-- Work that only one of the hubs does at a time. The run moves when a hub begins: what a former hub
-- wants to write afterwards is refused.
CREATE TABLE background_work (
  name text PRIMARY KEY,
  run bigint NOT NULL,
  hub text NOT NULL,
  begun timestamptz NOT NULL,
  seen timestamptz NOT NULL,
  ended timestamptz
);

-- Chunks that a collection has found unused. A hub that is about to use one deletes its row first. A
-- claimed chunk is being deleted from the store; its row stays until that is certain.
CREATE TABLE unused_chunk (
  id bytea PRIMARY KEY,
  found timestamptz NOT NULL,
  run bigint NOT NULL,
  claimed_at timestamptz,
  claimed_by bigint,
  CHECK ((claimed_at IS NULL) = (claimed_by IS NULL))
);

-- Moves with every claim: what a hub knows of the store is from before it or not.
CREATE TABLE chunk_claim (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number bigint NOT NULL
);
INSERT INTO chunk_claim (number) VALUES (0);
