/** Who leads the hall's floor on a day, by the noticeboard's list. */
import { weekdayOf } from '../../calendar/zone.ts';
import { isInForce } from '../../profile/profile.ts';
import { nameRole, type BoardView } from './view.ts';

/** Whoever the roster does not know has no name that could be shown, and an id is nobody's business. */
export function findDuty({ config, day }: BoardView): { name: string; role?: string; roleEn?: string } | undefined {
  const entry = config.noticeboard.duty.find(
    (duty) => isInForce(duty, day) && (duty.weekdays?.includes(weekdayOf(day)) ?? true),
  );
  const person = entry && config.profile.staff.find(({ id }) => id === entry.staff);
  return person && { name: person.name, ...nameRole(person) };
}
