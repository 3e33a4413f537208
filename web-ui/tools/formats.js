/**
 * What Ajv has to know about the formats of the schema. The house rules want a pattern beside each
 * of them, which settles the form; what is left is whether the calendar has that day.
 */

/** @type {(text: string) => boolean} */
function isDay(text) {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

/** @type {Readonly<Record<string, true | ((text: string) => boolean)>>} */
export const FORMATS = { uuid: true, date: isDay, 'date-time': isDay };
