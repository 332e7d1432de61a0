// Everything that is recorded, in whatever way it came: the ledger knows who did, the board has it, and no wall is told who.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TOPICS } from '../../domain/board/topics/data.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import { FIRST_KEY_ID } from '../../server/access/access.ts';
import type { Actor } from '../../server/ledger/actor.ts';
import { openAlarmHall, type AlarmHall } from './alarms/hall.ts';

let hall: AlarmHall;
beforeEach(async () => {
  hall = await openAlarmHall({ openReading: false });
});
afterEach(() => hall.close());

/** Each kind of event with those who recorded one, as `key:ID`. */
async function readRecorders(): Promise<Record<string, string[]>> {
  const { ledger } = hall.server;
  const [events, actors] = [await ledger.read(0, 1_000), await ledger.readActors(0, 1_000)];
  const found: Record<string, string[]> = {};
  events.forEach(({ type }: LedgerEvent, i) => {
    const { kind, id }: Actor = actors[i]!;
    const known = (found[type] ??= []);
    if (!known.includes(`${kind}:${id}`)) known.push(`${kind}:${id}`);
  });
  return found;
}

function press(id: string, deed: 'taken' | 'ended', body: object, headers: Record<string, string>) {
  return fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: hall.url, ...headers },
    body: JSON.stringify(body),
  });
}

test('the ledger knows who recorded an event: a key, a screen, a code, or the hall itself', async () => {
  const alarm = await hall.makeOvertime();
  const access = hall.access();
  const screen = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  access.close();
  expect((await press(alarm, 'taken', {}, { Cookie: `hallpulse_display=${screen.secret}` })).status).toBe(200);
  const byCode = { Authorization: `Bearer ${hall.codeOf(alarm)}` };
  expect((await press(alarm, 'ended', { by: 's01' }, byCode)).status).toBe(200);
  const file = join(hall.folder, 'documents/profile.json');
  const changed = hall.server.board.caughtUp(hall.server.ledger.head() + 1);
  await writeFile(file, (await readFile(file, 'utf8')).replace(/"version": \d+/, '"version": 99'));
  await changed;
  expect(await readRecorders()).toEqual({
    'hall.day.opened': ['hall:days'],
    'hall.window.changed': [`key:${FIRST_KEY_ID}`],
    'hall.ticket.taken': [`key:${FIRST_KEY_ID}`],
    'hall.ticket.called': [`key:${FIRST_KEY_ID}`],
    'hall.alarm.raised': ['hall:alarms'],
    'hall.alarm.taken': [`display:${screen.id}`],
    'hall.alarm.ended': [`code:${alarm}`],
    'hall.profile.changed': ['hall:documents'],
  });
});

test('no wall is told who recorded what', async () => {
  await hall.makeOvertime();
  const access = hall.access();
  const wall = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  access.close();
  for (const topic of TOPICS) {
    const response = await fetch(`${hall.url}/api/board?topic=${topic}`, {
      headers: { Authorization: `Bearer ${wall.secret}` },
    });
    expect(response.status, topic).toBe(200);
    const text = await response.text();
    for (const word of [FIRST_KEY_ID, 'actor']) expect(text, topic).not.toContain(word);
  }
});
