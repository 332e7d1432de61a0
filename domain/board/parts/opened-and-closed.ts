/** What entities with one opening and one closing contribute: requests, complaints, appointments, alarms (spec C12, C15). */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { EventOf, LedgerEvent, LedgerEventOf } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import type { EventData, EventType } from '../../events/schema.ts';
import { readVoice } from '../../voices/voice.ts';
import { cellName, type Cell } from '../cells.ts';
import type { AlarmEntry, AlarmReading, AppointmentEntry } from '../entries.ts';
import { NOTHING, type Contribution } from '../contribution.ts';
import { answerCells } from './answer.ts';

/** All functions here take the entity's live events in the order of C1. */
type History = readonly LedgerEvent[];
type Raised = EventData['hall.alarm.raised'];

export function contributeRequest(id: string, events: History, zone: Zone): Contribution {
  const received = first(events, 'hall.request.received');
  if (!received) return NOTHING;
  const { station } = received.data;
  const cells: Cell[] = [{ day: dayOf(zone, received.at), station, name: cellName('request', 'received'), n: 1 }];
  const answered = last(events, 'hall.request.answered', 'hall.request.declined');
  if (answered) {
    const day = dayOf(zone, answered.at);
    cells.push({ day, station, name: cellName('request', 'answered'), n: 1 });
    const onTime = answered.type === 'hall.request.answered' ? answered.data.onTime : undefined;
    if (onTime != null) cells.push({ day, station, name: cellName('request', onTime ? 'onTime' : 'late'), n: 1 });
    cells.push(...answerCells('request', received, answered, { station, zone }));
    return { cells };
  }
  const { topic } = received.data;
  return { cells, entry: { kind: 'request', id, value: { ...toOpen(received, zone), ...(topic ? { topic } : {}) } } };
}

export function contributeComplaint(id: string, events: History, zone: Zone): Contribution {
  const received = first(events, 'hall.complaint.received');
  if (!received) return NOTHING;
  const { station } = received.data;
  const cells: Cell[] = [{ day: dayOf(zone, received.at), station, name: cellName('complaint', 'received'), n: 1 }];
  const answered = last(events, 'hall.complaint.answered', 'hall.complaint.declined');
  if (answered) {
    const day = dayOf(zone, answered.at);
    cells.push({ day, station, name: cellName('complaint', 'answered'), n: 1 });
    const isUpheld = answered.type === 'hall.complaint.answered' && answered.data.upheld === true;
    if (isUpheld) cells.push({ day, station, name: cellName('complaint', 'upheld'), n: 1 });
    return { cells };
  }
  const { about: topic } = received.data;
  const [staff] = readVoice('complaint', id, events)?.about ?? [];
  const value = { ...toOpen(received, zone), ...(topic ? { topic } : {}), ...(staff ? { staff } : {}) };
  return { cells, entry: { kind: 'complaint', id, value } };
}

function toOpen({ at, data }: EventOf<'hall.request.received' | 'hall.complaint.received'>, zone: Zone) {
  return { day: dayOf(zone, at), at, station: data.station };
}

export function contributeAppointment(id: string, events: History, zone: Zone): Contribution {
  const booked = first(events, 'hall.appointment.booked');
  if (!booked) return NOTHING;
  const { station } = booked.data;
  const cells: Cell[] = [{ day: dayOf(zone, booked.at), station, name: cellName('appointment', 'booked'), n: 1 }];
  const { item } = booked.data;
  const at = booked.data.at ? parseMoment(booked.data.at) : undefined;
  const value: AppointmentEntry = {
    day: dayOf(zone, at ?? booked.at),
    station,
    ...(item ? { item } : {}),
    ...(at === undefined ? {} : { at }),
  };
  const ended = last(events, 'hall.appointment.kept', 'hall.appointment.missed');
  if (!ended) return { cells, entry: { kind: 'appointment', id, value } };
  const isKept = ended.type === 'hall.appointment.kept';
  const endedOn = dayOf(zone, ended.at);
  cells.push({ day: endedOn, station, name: cellName('appointment', isKept ? 'kept' : 'missed'), n: 1 });
  if (!isKept || endedOn !== value.day) return { cells };
  return { cells, entry: { kind: 'appointment', id, value: { ...value, kept: true } } };
}

export function contributeAlarm(id: string, events: History, zone: Zone): Contribution {
  const raised = first(events, 'hall.alarm.raised');
  if (!raised) return NOTHING;
  const { station, kind } = raised.data;
  const cells: Cell[] = [{ day: dayOf(zone, raised.at), station, name: cellName('alarm', 'raised', kind), n: 1 }];
  const taken = first(events, 'hall.alarm.taken');
  if (taken) cells.push({ day: dayOf(zone, taken.at), station, name: cellName('alarm', 'taken', kind), n: 1 });
  const ended = last(events, 'hall.alarm.ended');
  if (ended) cells.push({ day: dayOf(zone, ended.at), station, name: cellName('alarm', 'ended', kind), n: 1 });
  return { cells, entry: { kind: 'alarm', id, value: toAlarm(raised, taken, ended, zone) } };
}

function toAlarm(
  raised: LedgerEventOf<'hall.alarm.raised'>,
  taken: LedgerEventOf<'hall.alarm.taken'> | undefined,
  ended: LedgerEventOf<'hall.alarm.ended'> | undefined,
  zone: Zone,
): AlarmEntry {
  const { station, kind, window, proposal, since, reading } = raised.data;
  const sinceAt = since ? parseMoment(since) : undefined;
  return {
    day: dayOf(zone, ended?.at ?? raised.at),
    kind,
    station,
    raisedAt: raised.at,
    ...(sinceAt === undefined ? {} : { since: sinceAt }),
    ...(raised.subject ? { subject: raised.subject } : {}),
    ...(window ? { window } : {}),
    ...(proposal ? { proposal } : {}),
    ...(reading ? { before: toReading(reading) } : {}),
    ...(taken ? { takenAt: taken.at } : {}),
    ...(taken?.data.by ? { takenBy: taken.data.by } : {}),
    ...(taken?.data.measure ? { measure: taken.data.measure } : {}),
    ...(ended ? { endedAt: ended.at } : {}),
    ...(ended?.data.by ? { endedBy: ended.data.by } : {}),
    ...(ended?.data.reason ? { endReason: ended.data.reason } : {}),
    ...(ended?.data.effect ? { effect: ended.data.effect } : {}),
    ...(ended?.data.reading ? { after: toReading(ended.data.reading) } : {}),
  };
}

function toReading({ waiting, longestMinutes, things }: NonNullable<Raised['reading']>): AlarmReading {
  return { waiting, longestMinutes, ...(things ? { things } : {}) };
}

function first<T extends EventType>(events: History, type: T): LedgerEventOf<T> | undefined {
  return events.find((event) => event.type === type) as LedgerEventOf<T> | undefined;
}

function last<T extends EventType>(events: History, ...types: readonly T[]): LedgerEventOf<T> | undefined {
  return events.findLast((event) => types.some((type) => event.type === type)) as LedgerEventOf<T> | undefined;
}
