import { test } from 'vitest';
import { generateYear } from '../../server/demo/year.ts';
import { openInProcessLedger } from './in-process-ledger.ts';
import { config, params } from '../server/demo/load-demo.ts';
import { createRecount } from '../../server/ledger/sqlite/recount.ts';
import * as S from '../../server/ledger/sqlite/recount-sums.ts';
import * as F from '../../server/ledger/sqlite/recount-facts.ts';
import type { HallEvent } from '../../domain/events/event.ts';
test('profile', async () => {
  const ledger = openInProcessLedger('Asia/Shanghai');
  const END = Date.parse('2019-12-01T00:00+08:00');
  const events: HallEvent[] = [];
  for (const batch of generateYear(params, config)) { if (batch.some(({ at }) => at >= END)) break; events.push(...batch); }
  await ledger.append(events.map((event) => ({ event, timeGiven: true })), END);
  console.log(events.length, new Set(events.map(e=>e.type)).size);
  const db = ledger.db;
  const t = (n: string, f: () => void) => { const a = performance.now(); f(); console.log(n, Math.round(performance.now() - a)); };


  let r: any;
  t('create', () => { r = createRecount(db, { config, zone: 'Asia/Shanghai' }); });
  t('measure', () => r.measure({ from: '2019-01-01', to: '2019-11-30', now: END }));
});
