// How often a hall may end its own process: once in ten minutes, whatever its clock says and however often it is restarted.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLastResort } from '../../../server/jobs/last-resort.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;
const START = Date.parse('2026-11-25T10:30:00+08:00');

let folder: string;
let clock: number;
let codes: number[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-resort-'));
  clock = START;
  codes = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process of its own: it has run for `runMs`, and knows no more of the ends before than its folder. */
const startProcess = (runMs = 0, place = folder) =>
  createLastResort({ folder: place, now: () => clock, exit: (code) => codes.push(code), runMs: () => runMs });

test('ends with code 70, and says in the folder why', () => {
  expect(startProcess().mayEnd()).toBe(true);
  expect(startProcess().end('board: the fold has stopped')).toBe(true);
  expect(codes).toEqual([70]);
  const file = join(folder, 'last-end.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ at: START, problem: 'board: the fold has stopped' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('once in ten minutes, across restarts', () => {
  const ends: number[] = [];
  for (let minute = 0; minute < 60; minute++) {
    clock = START + minute * MINUTE;
    if (startProcess().end('again')) ends.push(minute);
  }
  expect(ends).toEqual([0, 10, 20, 30, 40, 50]);
});

test.each([
  ['a minute back', -MINUTE, false],
  ['a minute ahead', MINUTE, false],
  ['an hour back', -60 * MINUTE, true],
  ['a year ahead', YEAR, true],
  ['ten years back', -10 * YEAR, true],
])('a clock that is set %s after an end forbids it for ten minutes at most', (_what, step, mayAtOnce) => {
  startProcess().end('first');
  clock = START + step;
  expect(startProcess().mayEnd()).toBe(mayAtOnce);
  clock += 20 * MINUTE;
  expect(startProcess().mayEnd()).toBe(true);
});

test('a clock that a year ahead wrote and that was set right does not allow it for ever', () => {
  clock = START + YEAR;
  startProcess().end('ahead');
  clock = START;
  expect(startProcess().end('set right')).toBe(true);
  clock += MINUTE;
  expect(startProcess().end('a minute later')).toBe(false);
});

test('a clock that stands still forbids nothing to a process that has run for ten minutes', () => {
  startProcess().end('first');
  expect(startProcess(10 * MINUTE - 1).mayEnd()).toBe(false);
  expect(startProcess(10 * MINUTE).mayEnd()).toBe(true);
});

test.each(['', '{"at":', '[]', 'null', '{"at":"today"}', '{"at":null}'])(
  'a file that says %j forbids nothing',
  (text) => {
    writeFileSync(join(folder, 'last-end.json'), text);
    expect(startProcess().end('first')).toBe(true);
    expect(startProcess().end('second')).toBe(false);
  },
);

test('where the end cannot be remembered the process stays', () => {
  expect(startProcess(0, join(folder, 'nowhere')).end('no folder')).toBe(false);
  mkdirSync(join(folder, 'last-end.json'));
  expect(startProcess().mayEnd()).toBe(false);
  expect(startProcess().end('no file')).toBe(false);
  expect(startProcess(20 * MINUTE).end('no file')).toBe(false);
  expect(codes).toEqual([]);
});
