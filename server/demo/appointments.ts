/** Appointments at the appointment window: booked on the working day before, kept for the most part. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { DemoHall } from './demo-hall.ts';
import { createNumbering, demoEvent } from './demo-event.ts';
import { toMoment } from './moment-text.ts';

export interface Appointment {
  readonly id: string;
  /** Minute of the day for which it is made. */
  readonly minute: number;
  readonly kept: boolean;
}

const SLOTS = [570, 600, 630, 660, 870, 900, 930, 960, 990];

/** The appointments for `day`, in the order of their slots. */
export function appointmentsOf(hall: DemoHall, day: string): Appointment[] {
  // Nothing is booked before the demo begins.
  if (hall.work.shift(day, -1) < hall.params.span.from) return [];
  const random = hall.random('appointments', day);
  const number = createNumbering(day);
  const slots = random.shuffle(SLOTS).slice(0, random.integer(1, 6));
  return slots.sort((a, b) => a - b).map((minute) => ({ id: number('a'), minute, kept: random.chance(0.93) }));
}

/** Bookings made on `day` for the next working day, and what becomes of those for `day` itself. */
export function writeAppointments(hall: DemoHall, day: string): HallEvent[] {
  const { work, main: station } = hall;
  const random = hall.random('bookings', day);
  const next = work.shift(day, 1);
  const events = appointmentsOf(hall, next).map(({ id, minute }) => {
    const [from, to] = random.pick(work.sessions);
    const at = work.at(day, from + 20 + random.next() * (to - from - 40));
    const data = { appointment: id, station, at: toMoment(work.at(next, minute)) };
    return demoEvent('hall.appointment.booked', `${id}/booked`, at, id, data);
  });
  for (const { id, minute, kept } of appointmentsOf(hall, day)) {
    const data = { appointment: id, station, at: toMoment(work.at(day, minute)) };
    events.push(
      kept
        ? demoEvent('hall.appointment.kept', `${id}/kept`, work.at(day, minute + 1), id, data)
        : demoEvent('hall.appointment.missed', `${id}/missed`, work.at(day, minute + 20), id, data),
    );
  }
  return events;
}
