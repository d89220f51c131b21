-- Downloads by the name of the flist, which may be replaced. All hubs add to them.
CREATE TABLE download (
  repository text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  downloads bigint NOT NULL,
  last timestamptz NOT NULL,
  PRIMARY KEY (repository, name)
);

-- Nothing is known of downloads before.
CREATE TABLE downloads_since (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  since timestamptz NOT NULL
);
INSERT INTO downloads_since (since) VALUES (now());
