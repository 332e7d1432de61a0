// An answer that never came: the entry is sent again, and is itself, though the hall's documents have changed meanwhile.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { nameEntry, type Act, type Entry } from '../../../domain/desk/entry.ts';
import { createHallConfig, type HallConfig } from '../../../domain/profile/profile.ts';
import { createDeskEntries } from '../../../server/desk/entries.ts';
import { createRecorder } from '../../../server/record.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { AT, DAY, entryOf, LETTERS, SAMPLES } from '../../domain/desk/entries.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';

const zone = createZone('Asia/Shanghai');
const now = (): number => Date.parse(AT);

function openDesk(config: () => HallConfig) {
  const ledger = openInProcessLedger(zone.name);
  const feeds = () => ({ named: [], switches: new Map(), zone });
  const entries = createDeskEntries({ config, zone, now, ledger, record: createRecorder({ ledger, now }), feeds });
  const person = { staff: 's06', name: '示例己', session: 'x', confirmedAt: 0, isKept: false };
  const write = (list: readonly Entry[], role: 'clerk' | 'leader' = 'clerk') =>
    entries.write(list, { ...person, assignments: [{ role, station: 'hall' }] });
  return { ledger, write };
}

test('an entry is whole or not at all, where two tabs send different things under one id at once', async () => {
  const { ledger, write } = openDesk(readConfig);
  const promised = entryOf(SAMPLES.case);
  const instant = entryOf({ ...SAMPLES.case, handling: 'instant' });
  const both = await Promise.all([write([promised]), write([instant])]);
  expect(both).toMatchObject([[{ ok: true }], [{ ok: false, reason: 'conflict' }]]);
  expect(await ledger.read(0, 100)).toMatchObject([{ id: `${promised.id}/1`, data: { handling: 'promised' } }]);
  await ledger.close();
});

test('what was recorded once is known again after 秒批, promise and supply have changed, and after the right has ended', async () => {
  const { profile, catalogue } = readConfig();
  const live = catalogue.items.map((item) => ({ ...item, instantApproval: 'live' as const }));
  const before = createHallConfig(profile, { ...catalogue, items: live });
  const changed = before.catalogue.items.map((item) => ({
    ...item,
    instantApproval: 'none' as const,
    promisedDays: 1,
    deferrable: { days: 1 },
  }));
  const after = createHallConfig(before.profile, { ...before.catalogue, items: changed });
  let config = before;
  const { ledger, write } = openDesk(() => config);
  const { promisedBy: _promise, supplyBy: _supply, ...promised } = SAMPLES.case;
  const instant: Act = { ...promised, handling: 'instant', deferredDocuments: ['户口簿'] };
  const list = [
    entryOf(promised),
    entryOf(instant, { id: nameEntry(DAY, 's06', `${LETTERS}x`) }),
    entryOf({ ...SAMPLES.consultation }, { id: nameEntry(DAY, 's06', `${LETTERS}y`) }),
  ];
  const good = list.map(({ id }) => ({ id, ok: true }));
  expect(await write(list, 'clerk')).toEqual(good);
  const stored = await ledger.read(0, 100);
  expect(stored).toHaveLength(4);
  config = after;
  expect(await write(list, 'leader')).toEqual(good);
  expect(await ledger.read(0, 100)).toEqual(stored);
  // Anew it would be another.
  const anew = entryOf(promised, { id: nameEntry(DAY, 's06', `${LETTERS}z`) });
  expect(await write([anew], 'clerk')).toEqual([{ id: anew.id, ok: true }]);
  expect((await ledger.read(0, 100)).at(-1)!.data).not.toMatchObject({
    promisedBy: (stored[0]!.data as { promisedBy: string }).promisedBy,
  });
  await ledger.close();
});
