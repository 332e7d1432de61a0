/** The steps of a ledger file, from the first version's tables to this one's. */
import type { SchemaLadder } from '../../sqlite/schema-ladder.ts';

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

/**
 * What the folds have stored; the former's is made anew from the events. There may be two: the one that is shown, and
 * one of a new version that is being made. A cell's `head` (the first part of its name) leads the key behind its fold, so
 * that a year of one measure never reads another's rows. `changed`: after which position a month's cells are as they are.
 */
const FOLDS = `
  DROP TABLE cells;
  DROP TABLE checkpoint;

  CREATE TABLE folds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL,
    uncounted TEXT NOT NULL DEFAULT '[]',
    state_seq INTEGER,
    state TEXT,
    shown INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE cells (
    fold INTEGER NOT NULL,
    head TEXT NOT NULL,
    day TEXT NOT NULL,
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (fold, head, day, station, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE changed (
    fold INTEGER NOT NULL,
    month TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (fold, month)
  ) STRICT, WITHOUT ROWID
`;

/**
 * One row an entity; `cells` is a JSON array of `[day, name, n]`, or `[day, name, n, station]` where a station is another
 * than the row's. `length`: see `lengthClass`. Whoever asks for rows asks for one fold, kinds and days.
 */
const ENTITY_ROWS = `
  CREATE TABLE entity_rows (
    fold INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    length INTEGER NOT NULL,
    day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    item TEXT,
    line TEXT,
    window TEXT,
    staff TEXT,
    cells TEXT NOT NULL,
    PRIMARY KEY (fold, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entity_rows_by_day ON entity_rows (fold, kind, length, day, at, key, last_day)
`;

/** A day of another system is laid against the events of that day, and a moment that is past is what came about until it. */
const BY_TIME = 'CREATE INDEX events_by_time ON events (at)';

/**
 * What a look at a past moment asks of rows: the last moment of what each is made of, and of those that are open how far
 * they matter and the entry that a board shows, as JSON. Rows of an earlier fold have none and are made anew.
 */
const PAST = `
  ALTER TABLE entity_rows ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE entity_rows ADD COLUMN reach TEXT;
  ALTER TABLE entity_rows ADD COLUMN reach_length INTEGER;
  ALTER TABLE entity_rows ADD COLUMN entry TEXT;
  CREATE INDEX entity_rows_open ON entity_rows (fold, reach_length, day, reach) WHERE length = 32
`;

export const LADDER: SchemaLadder = [
  { version: 1, sql: FIRST_TABLES },
  { version: 2, sql: DROPPED_AND_STANDING },
  { version: 3, sql: ACTOR },
  { version: 4, sql: FOLDS },
  { version: 5, sql: ENTITY_ROWS },
  { version: 6, sql: BY_TIME },
  { version: 7, sql: PAST },
];
