/** The steps of a ledger file, from the first version's tables to this one's. */
import type { SchemaLadder } from '../../sqlite/schema-ladder.ts';

/*
 * `at` has no index: a recount reads every event anyway, by `seq`, and gathers an entity's events by `entity` and `link`.
 * A cell's `head` (the first part of its name) leads the key, so that a year of one measure never reads another's rows,
 * and the many `minute` rows cost nothing to those who do not ask for them.
 */
const FIRST_TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    time_given INTEGER NOT NULL,
    subject TEXT,
    data TEXT NOT NULL,
    entity TEXT,
    link TEXT,
    received_at INTEGER NOT NULL,
    UNIQUE (source, id)
  ) STRICT;
  CREATE INDEX events_by_entity ON events (entity) WHERE entity IS NOT NULL;
  CREATE INDEX events_by_link ON events (link) WHERE link IS NOT NULL;

  CREATE TABLE voids (
    target_source TEXT NOT NULL,
    target_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target_source, target_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cells (
    head TEXT NOT NULL,
    day TEXT NOT NULL,
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (head, day, station, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    fold_version TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT
`;

/**
 * `dropped`: a JSON array of the paths of fields that were not kept. Of a window or terminal, whose history grows for
 * ever, only the last event is asked for.
 */
const DROPPED_AND_STANDING = `
  ALTER TABLE events ADD COLUMN dropped TEXT;
  CREATE INDEX events_standing ON events (entity, at, source, id)
    WHERE type IN ('hall.window.changed', 'hall.terminal.changed')
`;

/** `actor`: who recorded the event, as one text; of older rows nobody knows. */
const ACTOR = 'ALTER TABLE events ADD COLUMN actor TEXT';

export const LADDER: SchemaLadder = [
  { version: 1, sql: FIRST_TABLES },
  { version: 2, sql: DROPPED_AND_STANDING },
  { version: 3, sql: ACTOR },
];
