/** When a dated record holds: apart from the profile, whose calendars no page of the staff needs. */

/** `from` and `until` are days, both included. */
interface Dated {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Whether a dated record is in force on a day. */
export function isInForce({ from, until }: Dated, on: string): boolean {
  return (from === undefined || from <= on) && (until === undefined || on <= until);
}

/** Whether it is on some day of a span, both ends included. */
export function isInForceWithin({ from, until }: Dated, span: { readonly from: string; readonly to: string }): boolean {
  return (from === undefined || from <= span.to) && (until === undefined || span.from <= until);
}
