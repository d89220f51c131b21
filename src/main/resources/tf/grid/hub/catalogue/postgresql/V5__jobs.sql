-- Jobs until some minutes after their end. The work of a job that no hub has taken may reach any of
-- them. The runner is the process that has taken a job: it alone writes its events, and shows signs
-- of life. A job without them is ended by any hub, after which the runner may write nothing.
CREATE TABLE job (
  id text COLLATE "C" PRIMARY KEY,
  position bigint GENERATED ALWAYS AS IDENTITY,
  owner text COLLATE "C" NOT NULL,
  step text NOT NULL,
  number bigint NOT NULL,
  event text NOT NULL,
  runner uuid,
  hub text,
  cancelled boolean NOT NULL DEFAULT false,
  opened timestamptz NOT NULL DEFAULT clock_timestamp(),
  taken timestamptz,
  seen timestamptz,
  ended timestamptz,
  CHECK ((runner IS NULL) = (seen IS NULL))
);
CREATE INDEX job_owner ON job (owner);
CREATE INDEX job_open ON job (runner) WHERE ended IS NULL;
CREATE INDEX job_ended ON job (ended);
