/** The two largest units of a countdown or a duration. */
export function spell(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours}小时${minutes % 60}分` : `${hours}小时`;
  return `${minutes}分`;
}
