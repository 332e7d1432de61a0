/** Moments as the hall's systems write them. */

/** Epoch milliseconds → RFC 3339 with the offset of China's one zone. */
export function toMoment(at: number): string {
  return `${new Date(at + 28_800_000).toISOString().slice(0, 19)}+08:00`;
}
