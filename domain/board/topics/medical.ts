/** 医保试点: what the medical-insurance pilot has handled, today and since it began. */
import { MEDICAL_LINE } from '../../measures/sums.ts';
import { lineOf } from '../../profile/profile.ts';
import { cellParts } from '../cells.ts';
import { PILOT, TODAY } from '../residency.ts';
import type { MedicalData } from './data.ts';
import { toSceneHead } from './head.ts';
import { itemName, type BoardView } from './view.ts';

interface Tally {
  accepted: number;
  approved: number;
  consultations: number;
  readonly byItem: Map<string, { accepted: number; approved: number }>;
}

export function buildMedical(view: BoardView): MedicalData {
  const pilot = view.config.profile.medicalPilot;
  const today = tally(view, TODAY);
  const since = tally(view, PILOT);
  const items: MedicalData['items'] = {};
  for (const item of view.config.catalogue.items)
    if (item.line === MEDICAL_LINE) items[item.code] = { name: item.name, today: 0, since: 0, approved: 0 };
  for (const [code, n] of since.byItem) {
    const entry = (items[code] ??= { name: itemName(view, code), today: 0, since: 0, approved: 0 });
    entry.since = n.accepted;
    entry.approved = n.approved;
    entry.today = today.byItem.get(code)?.accepted ?? 0;
  }
  return {
    ...toSceneHead(view),
    ...(pilot ? { from: pilot.from } : {}),
    today: { accepted: today.accepted, approved: today.approved, consultations: today.consultations },
    since: { accepted: since.accepted, approved: since.approved, consultations: since.consultations },
    items,
  };
}

/** Counts of the medical line at all stations. */
function tally(view: BoardView, range: string): Tally {
  const sums: Tally = { accepted: 0, approved: 0, consultations: 0, byItem: new Map() };
  const of = (item: string) => {
    const known = sums.byItem.get(item) ?? { accepted: 0, approved: 0 };
    sums.byItem.set(item, known);
    return known;
  };
  for (const names of view.table(range).values()) {
    for (const [name, n] of names) {
      const [head, a, b = '', c, d = ''] = cellParts(name);
      const item = head === 'consultation' ? d : b;
      if (head !== 'accepted' && head !== 'finished' && head !== 'consultation') continue;
      if (lineOf(view.config, c, item) !== MEDICAL_LINE) continue;
      if (head === 'accepted') {
        sums.accepted += n;
        of(item).accepted += n;
      } else if (head === 'consultation') sums.consultations += n;
      else if (a === 'approved') {
        sums.approved += n;
        of(item).approved += n;
      }
    }
  }
  return sums;
}
