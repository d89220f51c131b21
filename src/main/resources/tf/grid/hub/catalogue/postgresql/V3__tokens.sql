-- What all hubs have to know, such as the key that signs tokens.
CREATE TABLE secret (
  name text COLLATE "C" PRIMARY KEY,
  value bytea NOT NULL
);

-- Tokens that are good until they expire; a token that is revoked is deleted. The digest is SHA-256
-- of the text of the token, which has a random part that is kept nowhere.
CREATE TABLE token (
  id text COLLATE "C" PRIMARY KEY,
  digest bytea NOT NULL,
  owner text COLLATE "C" NOT NULL,
  label text NOT NULL,
  scopes text NOT NULL,
  repository text COLLATE "C",
  issued timestamptz NOT NULL,
  expires timestamptz NOT NULL,
  used timestamptz
);
CREATE INDEX token_owner ON token (owner);
CREATE INDEX token_expires ON token (expires);
