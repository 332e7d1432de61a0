/** Drafts of what a queue machine and an appointment system export: tickets and appointments. */
import type { ConditionSpec } from '../schema.ts';
import type { Column } from './columns.ts';
import { addRating } from './ratings.ts';
import type { Sketch, ThingId } from './sketch.ts';
import { appointmentStateOf, ticketStateOf, type TicketState } from './words.ts';

/** Numbers such as A001 begin again each morning, whether or not the rows at hand show it. */
const SHORT_NUMBER = /^[A-Za-z\u4e00-\u9fff]{0,4}[-_]?\d{1,4}$/;

export function draftTickets(sketch: Sketch): boolean {
  const taken = sketch.moment('taken', 'taken');
  const called =
    sketch.moment('called', 'called') ?? (taken ? sketch.shift('called', 'after', taken, 'waitLength') : undefined);
  const first = taken ?? (called ? sketch.shift('taken', 'before', called, 'waitLength') : undefined);
  const anyTime = first ?? called ?? sketch.moment('seen', 'accepted', 'moment', 'date', 'received');
  const served =
    sketch.moment('served', 'served', 'finished') ??
    (called ? sketch.shift('served', 'after', called, 'serviceLength') : undefined);
  if (anyTime === undefined) return false;
  const id = ticketId(sketch);
  const states = statesOf(sketch);
  const isState = (state: TicketState) => states && conditionOf(states.column, states.of(state));
  const isNot = (...list: TicketState[]) =>
    states && list.some((state) => states.of(state).length > 0)
      ? { column: states.column.name, not: list.flatMap((state) => states.of(state)) }
      : undefined;
  const station = sketch.station();
  const ticket = { ticket: ticketOf(sketch, id), station };
  const window = sketch.place('window', 'window', 'events[1].data.window');
  const staff = sketch.place('staff', 'staff', 'events[1].data.staff');
  const step = { ...ticket, window, staff };
  const path = (word: string) => `${id.template}/${word}`;
  const line = sketch.place('line', 'line');
  // Without the moment of the number nobody is known to wait: who was served was there.
  const came = first === undefined ? sketch.filled('served', 'finished', 'serviceLength') : undefined;
  sketch.add('hall.ticket.taken', path('taken'), anyTime, { ...ticket, line }, where(came));
  if (first === undefined) sketch.questions.ask('no-taken', '', []);
  else if (called)
    sketch.add('hall.ticket.called', path('called'), called, step, where(sketch.filled('called', 'waitLength')));
  if (served) {
    const ended = both(sketch.filled('served', 'finished', 'serviceLength'), isNot('passed', 'left'));
    sketch.add('hall.ticket.served', path('served'), served, step, where(ended));
  } else sketch.questions.ask('no-end', '', []);
  const last = sketch.either(served, called, anyTime)!;
  for (const state of ['passed', 'left'] as const) {
    const holds = isState(state);
    if (holds) sketch.add(`hall.ticket.${state}`, path(state), last, ticket, { where: holds });
  }
  addRating(
    sketch,
    {
      field: 'ticket',
      value: ticket.ticket,
      id,
      time: sketch.either(sketch.moment('rated', 'rated'), served, called, anyTime)!,
    },
    step,
  );
  return true;
}

/** The event's id may name the day or the moment; the ticket is the number, and the mapping says that it begins again. */
function ticketId(sketch: Sketch): ThingId {
  const number = sketch.find('ticketId')?.column;
  if (!number)
    return sketch.thing(['caseId', 'rowId'], ['taken', 'called', 'moment', 'date', 'station', 'window', 'line']);
  const isShort = number.texts.every((text) => SHORT_NUMBER.test(text));
  if (!isShort && sketch.repeatedLines(number).length === 0) return sketch.thing(['ticketId'], []);
  sketch.restartTickets(number);
  return sketch.build([number], ['taken', 'called', 'moment', 'date', 'station', 'line']);
}

function ticketOf(sketch: Sketch, id: ThingId): string {
  const number = sketch.find('ticketId')?.column;
  return number && id.columns.includes(number) ? sketch.use(number) : id.template;
}

function statesOf(sketch: Sketch): { readonly column: Column; of(state: TicketState): string[] } | undefined {
  const column = sketch.column('status');
  if (!column) return undefined;
  const strange = column.texts.filter((text) => ticketStateOf(text) === undefined);
  if (strange.length > 0) sketch.questions.ask('status-unknown', '', [column.label], sketch.say(column, strange));
  const safe = sketch.say(column, column.texts).values;
  return { column, of: (state) => safe.filter((text) => ticketStateOf(text) === state) };
}

export function draftAppointments(sketch: Sketch): boolean {
  const at = sketch.moment('at', 'appointmentAt', 'date', 'moment');
  const booked = sketch.moment('booked', 'booked', 'received', 'accepted');
  const time = booked ?? at;
  if (time === undefined) return false;
  const id = sketch.thing(
    ['appointmentId', 'rowId'],
    ['appointmentAt', 'booked', 'date', 'moment', 'item', 'window', 'station'],
  );
  if (!booked) sketch.questions.ask('booking-assumed', 'events[0].time', []);
  const appointment = {
    appointment: id.template,
    station: sketch.station(),
    item: itemOf(sketch),
    ...(at ? { at: { moment: at } } : {}),
  };
  const once = onceOf(sketch, id);
  sketch.add('hall.appointment.booked', `${id.template}/booked`, time, appointment, once);
  const arrived = sketch.moment('arrived', 'arrived', 'taken', 'called', 'served');
  const status = sketch.column('status');
  const texts = (state: 'kept' | 'missed') =>
    status
      ? sketch.say(
          status,
          status.texts.filter((text) => appointmentStateOf(text) === state),
        ).values
      : [];
  if (status) {
    const strange = status.texts.filter((text) => appointmentStateOf(text) === undefined);
    if (strange.length > 0) sketch.questions.ask('status-unknown', '', [status.label], sketch.say(status, strange));
  }
  const kept = arrived
    ? sketch.filled('arrived', 'taken', 'called', 'served')
    : status && conditionOf(status, texts('kept'));
  if (kept)
    sketch.add('hall.appointment.kept', `${id.template}/kept`, sketch.either(arrived, at, time)!, appointment, {
      where: kept,
      ...once,
    });
  const missed = status && conditionOf(status, texts('missed'));
  if (missed)
    sketch.add('hall.appointment.missed', `${id.template}/missed`, sketch.either(at, time)!, appointment, {
      where: missed,
      ...once,
    });
  return true;
}

/** By its code where the catalogue knows that, else by its name. */
export function itemOf(sketch: Sketch): ReturnType<Sketch['place']> {
  const [code, name] = [sketch.find('itemCode')?.places, sketch.find('item')?.places];
  const isBetter = (name?.known.size ?? 0) > (code?.known.size ?? 0);
  return sketch.place('item', code && !isBetter ? 'itemCode' : name ? 'item' : 'itemCode');
}

/** Where the rows repeat an id its first row speaks, and a person is asked whether that is right. */
export function onceOf(sketch: Sketch, id: ThingId): { once?: string } {
  if (!id.repeats) return {};
  sketch.questions.ask(
    'id-repeats',
    'events[0].once',
    id.columns.map(({ label }) => label),
    { rows: sketch.repeatedLines(id.columns[0]!) },
  );
  return { once: id.template };
}

export function conditionOf(column: Column, texts: readonly string[]): ConditionSpec | undefined {
  return texts.length === 0 ? undefined : { column: column.name, is: texts.length === 1 ? texts[0]! : [...texts] };
}

export function both(...conditions: (ConditionSpec | undefined)[]): ConditionSpec | undefined {
  const there = conditions.filter((condition) => condition !== undefined);
  return there.length > 1 ? { all: there } : there[0];
}

export function where(condition: ConditionSpec | undefined): { where?: ConditionSpec } {
  return condition ? { where: condition } : {};
}
