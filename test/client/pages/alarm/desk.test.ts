/** What a telephone says when its word is not taken, and that it works where a browser keeps nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { workAlarm } from '../../../../client/pages/alarm/desk.ts';
import { keepStaff, readStaff } from '../../../../client/pages/alarm/staff-memory.ts';
import { phoneLanguages } from '../../../../client/words/alarm.ts';

it.each([
  [401, { error: 'unauthorized' }, 'code'],
  [401, { error: 'unknown-staff' }, 'staff'],
  [429, { error: 'too-many-attempts' }, 'locked'],
  [503, { error: 'busy' }, 'failed'],
] as const)('says what an answer of %i %o means', async (status, body, problem) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await workAlarm('CODE', 'a', 'taken', { by: 's01' }, origin)).toBe(problem);
    for (const words of Object.values(phoneLanguages)) expect(words.phone.errors[problem]).toBeTruthy();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('remembers who took the last one, and does without where nothing may be kept', () => {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, id: string) => void kept.set(key, id),
  };
  keepStaff('s01', () => memory);
  expect(readStaff(() => memory)).toBe('s01');
  const forbidden = () => {
    throw new Error('the browser keeps nothing');
  };
  keepStaff('s01', forbidden);
  expect(readStaff(forbidden)).toBe('');
});
