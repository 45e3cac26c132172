/** A record of what was checked says less with each week: from this age on, in days, it is labelled with it. */
const oldAfter = 45;

/** The age of a record of the day `date` (`YYYY-MM-DD`) in words; undefined while it is fresh. */
export function ageLabel(date: string, now: Date): string | undefined {
  const days = Math.floor((now.getTime() - Date.parse(date)) / 86_400_000);
  return days > oldAfter ? `${days} days old` : undefined;
}
