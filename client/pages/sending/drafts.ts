/** Recipients and plans as they are being filled in: what is still wrong with them, and what the document becomes. Pure. */
import type { Plan, Recipient, SendingDocument, SentKind } from '../../../domain/sending/document.ts';

export interface RecipientDraft {
  /** Its own for ever: what was sent to it is told under it. */
  readonly id: string;
  type: Recipient['type'];
  name: string;
  address: string;
  path: string;
}

export interface PlanDraft {
  readonly id: string;
  kind: SentKind;
  /** Empty for all. */
  station: string;
  at: string;
  weekday: string;
  monthDay: string;
  formats: string[];
  language: Plan['language'];
  to: string[];
  from: string;
  until: string;
}

export type Flaw = 'required' | 'order' | 'address' | 'path' | 'monthDay' | 'identity' | 'bad';
export type RecipientField = 'name' | 'address' | 'path';
export type PlanField = 'at' | 'monthDay' | 'formats' | 'to' | 'from' | 'until';
export type Flaws<F extends string> = Readonly<Partial<Record<F, Flaw>>>;

export function beginRecipient(of: Recipient | string): RecipientDraft {
  if (typeof of === 'string') return { id: of, type: 'mail', name: '', address: '', path: '' };
  const { id, type, name } = of;
  return { id, type, name, address: type === 'mail' ? of.address : '', path: type === 'folder' ? of.path : '' };
}

/** @param today the hall's day, on which a new plan begins */
export function beginPlan(of: Plan | string, today: string): PlanDraft {
  if (typeof of === 'string')
    return {
      ...{ id: of, kind: 'day', station: '', at: '08:30', weekday: '1', monthDay: '1', formats: ['pdf'] },
      ...{ language: 'zh', to: [], from: today, until: '' },
    };
  const { station = '', weekday, monthDay, formats, to, until = '', ...rest } = of;
  return {
    ...{ ...rest, station, until, weekday: String(weekday), monthDay: String(monthDay) },
    ...{ formats: [...formats], to: [...to] },
  };
}

export function findRecipientFlaws({ type, name, address, path }: RecipientDraft): Flaws<RecipientField> {
  return {
    ...isBlank('name', name),
    ...(type === 'mail' ? isBlank('address', address) : isBlank('path', path)),
  };
}

export function findPlanFlaws({ kind, at, monthDay, formats, to, from, until }: PlanDraft): Flaws<PlanField> {
  const isOfMonth = kind !== 'day' && kind !== 'week';
  const isDay = /^\d{1,2}$/.test(monthDay.trim()) && Number(monthDay) >= 1 && Number(monthDay) <= 28;
  return {
    ...isBlank('at', at),
    ...(isOfMonth && !isDay ? { monthDay: 'monthDay' } : {}),
    ...(formats.length === 0 ? { formats: 'required' } : {}),
    ...(to.length === 0 ? { to: 'required' } : {}),
    ...isBlank('from', from),
    ...(until !== '' && until < from ? { until: 'order' } : {}),
  };
}

function isBlank<F extends string>(field: F, text: string): Flaws<F> {
  return text.trim() === '' ? ({ [field]: 'required' } as Flaws<F>) : ({} as Flaws<F>);
}

const TOLD: readonly string[] = ['address', 'path', 'monthDay'];

/**
 * What the server found wrong, at the field that it means.
 *
 * @param field in the document, such as `recipients.2.address`
 */
export function readFlaw<F extends string>(field: string | undefined, error: string | undefined): Flaws<F> {
  const own = field?.split('.')[2];
  if (own === undefined) return {} as Flaws<F>;
  return { [own]: error === 'identity' ? error : TOLD.includes(own) ? own : 'bad' } as Flaws<F>;
}

export function endRecipient({ id, type, name, address, path }: RecipientDraft): Recipient {
  const head = { id, name: name.trim() };
  return type === 'mail' ? { ...head, type, address: address.trim() } : { ...head, type, path: path.trim() };
}

/** Which day it is due on is said where its kind has one, and is the first else. */
export function endPlan(draft: PlanDraft): Plan {
  const { id, kind, station, at, weekday, monthDay, formats, language, to, from, until } = draft;
  return {
    ...{ id, kind, at, language, from },
    ...(station === '' ? {} : { station }),
    weekday: kind === 'week' ? Number(weekday) : 1,
    monthDay: kind === 'day' || kind === 'week' ? 1 : Number(monthDay),
    formats: [...formats] as Plan['formats'],
    to: [...to],
    ...(until === '' ? {} : { until }),
  };
}

/** In the place of the one with its id, else behind the last. */
export function place<T extends { readonly id: string }>(list: readonly T[], one: T): T[] {
  return list.some(({ id }) => id === one.id) ? list.map((old) => (old.id === one.id ? one : old)) : [...list, one];
}

/** The plans that send to somebody, and those that send to nobody else. */
export function plansOf({ plans }: SendingDocument, recipient: string): { all: Plan[]; alone: Plan[] } {
  const all = plans.filter(({ to }) => to.includes(recipient));
  return { all, alone: all.filter(({ to }) => to.length === 1) };
}

export function withoutRecipient(document: SendingDocument, recipient: string): SendingDocument {
  return {
    ...document,
    recipients: document.recipients.filter(({ id }) => id !== recipient),
    plans: document.plans.map((plan) => ({ ...plan, to: plan.to.filter((id) => id !== recipient) })),
  };
}
