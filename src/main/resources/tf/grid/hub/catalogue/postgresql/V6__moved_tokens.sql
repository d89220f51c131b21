-- Tokens of a hub with a directory, which keeps no digests. The first use adds it.
ALTER TABLE token ALTER COLUMN digest DROP NOT NULL;
