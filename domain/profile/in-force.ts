/** When a dated record holds: apart from the profile, whose calendars no page of the staff needs. */

/** Whether a dated record is in force on a day; `from` and `until` are both included. */
export function isInForce(
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
  on: string,
): boolean {
  return (from === undefined || from <= on) && (until === undefined || on <= until);
}
