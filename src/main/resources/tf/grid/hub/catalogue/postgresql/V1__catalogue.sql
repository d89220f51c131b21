-- Names in code point order, as in the listings.

-- Moves with every change. Its lock makes changes commit one after the other, in the order of their
-- numbers.
CREATE TABLE catalogue_change (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number bigint NOT NULL
);
INSERT INTO catalogue_change (number) VALUES (0);

-- Changes of the last day, each written in its own transaction, so that a hub whose connection broke
-- during a commit can find out whether it was made.
CREATE TABLE change_made (
  id uuid PRIMARY KEY,
  made timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX change_made_made ON change_made (made);

CREATE TABLE repository (
  name text COLLATE "C" PRIMARY KEY,
  modified timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed bigint NOT NULL DEFAULT 0
);

CREATE TABLE tag (
  repository text COLLATE "C" NOT NULL REFERENCES repository,
  name text COLLATE "C" NOT NULL,
  modified timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (repository, name)
);

-- The bytes of a flist never change. They belong to one entry, and are deleted with it.
CREATE TABLE flist (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 text NOT NULL,
  md5 text NOT NULL,
  size bigint NOT NULL,
  content_bytes bigint,
  written timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE flist_part (
  flist bigint NOT NULL REFERENCES flist ON DELETE CASCADE,
  number integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (flist, number)
);
-- They are compressed already.
ALTER TABLE flist_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- A flist or a link. Links have the text that symbolic links have in a directory.
CREATE TABLE entry (
  repository text COLLATE "C" NOT NULL REFERENCES repository,
  name text COLLATE "C" NOT NULL,
  target text,
  flist bigint UNIQUE REFERENCES flist,
  modified timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (repository, name),
  CHECK ((target IS NULL) <> (flist IS NULL))
);

CREATE TABLE tag_entry (
  repository text COLLATE "C" NOT NULL,
  tag text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  target text NOT NULL,
  modified timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (repository, tag, name),
  FOREIGN KEY (repository, tag) REFERENCES tag ON DELETE CASCADE
);

CREATE FUNCTION micros(moment timestamptz) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (extract(epoch FROM moment) * 1000000)::bigint;
