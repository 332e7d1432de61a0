/** The two largest units of a countdown or a duration. */
export function spell(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${minutes} min`;
}

/** In a cell the largest unit is enough. */
export function spellShort(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** Working time as figures with their units: whole working days, then hours, then minutes; the two largest. */
export function spellWork(workDays: number, minutes: number): { n: number; unit: string }[] {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    { n: workDays, unit: workDays === 1 ? 'work day' : 'work days' },
    { n: hours, unit: 'h' },
    { n: rest, unit: 'min' },
  ];
  const first = parts.findIndex(({ n }) => n > 0);
  if (first < 0) return parts.slice(2);
  return parts.slice(first, first + 2).filter(({ n }) => n > 0);
}
