-- Users who are signed in with a browser. The digest is of what the browser has.
CREATE TABLE session (
  digest text COLLATE "C" PRIMARY KEY,
  account text COLLATE "C" NOT NULL,
  member_of text NOT NULL,
  expires timestamptz NOT NULL,
  used timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

-- Sign-ins that have ended, so that none ends twice.
CREATE TABLE ended_sign_in (
  state text COLLATE "C" PRIMARY KEY,
  forgotten timestamptz NOT NULL
);
CREATE INDEX ended_sign_in_forgotten ON ended_sign_in (forgotten);
