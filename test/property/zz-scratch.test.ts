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
  t('measure', () => r.measure({ from: '2019-01-01', to: '2019-01-31', now: END }));
  t('measure st', () => r.measure({ from: '2019-01-01', to: '2019-01-31', now: END, station: 'meifeng' }));
  const p = { from: '2019-01-01', to: '2019-01-31', station: null, upTo: 1e9, moment: END, targetMs: 1e6, areas: '[]' };
  const run = (sql: string) => { const s = db.prepare(sql); s.setAllowUnknownNamedParameters(true); s.all(p); };
  for (const sql of [...S.SUMS, ...Object.values(S.SPREADS), S.SERVICES, S.UNKNOWN_STATIONS, S.UNKNOWN_ITEMS]) t(sql.slice(0, 60).replace(/\s+/g, ' '), () => run(sql));
  r.dispose();
  createRecount(db, { config, zone: 'Asia/Shanghai' }).dispose();
  t('again', () => createRecount(db, { config, zone: 'Asia/Shanghai' }));
  for (const x of F.FACTS) { for (const tb of F.FACT_TABLES.slice(4)) if (x.includes(`TABLE ${tb} `)) db.exec(`DROP TABLE IF EXISTS temp.${tb}; DROP INDEX IF EXISTS temp.living_by_type`); try { t(x.slice(0, 50).replace(/\s+/g, ' '), () => db.exec(x)); } catch (e) { console.log(String(e)); } }
});
