import { test } from 'vitest';
import type { HallEvent } from '../../domain/events/event.ts';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall } from '../server/staffed-hall.ts';
const NOW = Date.parse('2019-09-26T10:00:00+08:00');
test.each([10_000])('%i', async (n) => {
  const clock = createMovingClock(NOW);
  const hall = await openStaffedHall({ clock, server: { followupLookMs: 3_600_000 } });
  const day = 86_400_000;
  const events: HallEvent[] = [];
  const stations = ['hall', 'meifeng', 'meilin', 'xinqu', 'meiting'];
  const push = (type: string, id: string, at: number, data: object) => events.push({ source: 'urn:other', id, type, at, data } as HallEvent);
  for (let i = 0; i < n; i++) {
    const f = `f${i}`; const at = NOW - (i % 20) * day - 3_600_000;
    push('hall.case.accepted', `c${i}`, at - 2 * 3_600_000, { case: `c${i}`, station: stations[i % 5]!, channel: 'window', item: 'x', staff: 'clerk' });
    push('hall.rating.given', `r${i}`, at, { score: i % 3 === 0 ? 1 : 5, station: stations[i % 5]!, case: `c${i}`, medium: 'pad' });
    push('hall.followup.opened', `${f}o`, at, { followup: f, about: 'rating', case: `c${i}`, station: stations[i % 5]!, owner: i % 7 === 0 ? 'lead' : 'clerk', dueBy: new Date(at + 2 * day).toISOString() });
    for (let k = 0; k < 4; k++) push('hall.followup.noted', `${f}n${k}`, at + k * 60_000 + 1, { followup: f, note: '已联系' });
    push('hall.followup.lit', `lit${f}`, Math.min(at + 2 * day + 1, NOW - 1000), { followup: f, lamp: 'yellow', term: new Date(at + 2 * day).toISOString() });
    if (i % 2) push('hall.followup.closed', `${f}c`, at + 3_000_000, { followup: f, result: 'explained' });
  }
  for (let i = 0; i < events.length; i += 5000) await hall.server.record(events.slice(i, i + 5000).map((event) => ({ event: event.type === 'hall.followup.lit' ? { ...event, source: 'urn:hallpulse:followups' } as HallEvent : event, timeGiven: true })), { kind: 'key', id: 'x' });
  await hall.server.board.caughtUp();
  const m = await hall.signIn('manager');
  const time = async (path: string) => { const t = performance.now(); const a = await m.ask('GET', path); return [a.status, Math.round((performance.now() - t) * 10) / 10, JSON.stringify(a.body).length]; };
  for (const p of ['/api/followups', '/api/followups', '/api/followups?list=all&from=4000', '/api/followups?list=mine', '/api/checks', '/api/checks', '/api/checks']) console.log(n, p, ...(await time(p)));
  const { Session } = await import('node:inspector/promises');
  const session = new Session(); session.connect();
  for (const p of ['/api/followups', '/api/checks']) {
    await session.post('Profiler.enable'); await session.post('Profiler.start');
    await time(p);
    const { profile } = await session.post('Profiler.stop');
    const self = new Map<string, number>(); const dt = profile.timeDeltas!;
    const byId = new Map(profile.nodes.map((x) => [x.id, x]));
    profile.samples!.forEach((id, i) => { const f = byId.get(id)!.callFrame; const k = `${f.functionName} ${f.url.split('/').slice(-2).join('/')}:${f.lineNumber}`; self.set(k, (self.get(k) ?? 0) + dt[i]!); });
    console.log(p, [...self].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([k, v]) => `${Math.round(v / 1000)}ms ${k}`).join('\n'));
  }
  await hall.close();
}, 300_000);
