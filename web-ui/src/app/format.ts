/**
 * Figures and times as a person reads them. Pure: what is given decides, no clock and no zone but the reader's own.
 *
 * One locale, since the words around the figures are English too.
 */

const LOCALE = 'en-GB';
const MINUS = '−';

const count = new Intl.NumberFormat(LOCALE);
const percentage = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercentage = new Intl.NumberFormat(LOCALE, { style: 'percent' });
const threePlaces = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
});
const sixDigits = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 6 });

/** A whole number: `1,055`. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** A number with its noun: `1 session`, `24 sessions`. */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/**
 * A fraction as a percentage: 0.4237 is `42.4%`. Only a true 0 or 1 reads `0%` or `100%`;
 * what would be rounded to them reads `<0.1%` or `>99.9%`.
 */
export function formatPercent(fraction: number): string {
  if (fraction === 0 || fraction === 1) return wholePercentage.format(fraction);
  if (fraction > 0 && fraction < 0.0005) return '<0.1%';
  if (fraction >= 0.9995 && fraction < 1) return '>99.9%';
  return percentage.format(fraction);
}

/** A change as a percentage with its sign: `+3.4%`, `−12.0%`. */
export function formatChange(ratio: number): string {
  return withSign(ratio, formatPercent(Math.abs(ratio)));
}

/** A value from -1 to 1 with its sign and three places: `+0.308`, `−0.120`, `0`, `+<0.001`. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return withSign(value, size < 0.0005 ? '<0.001' : threePlaces.format(size));
}

/** A number in a unit of its own, such as an adaptive parameter: `0.35`, `1,200`, `−2.5`. */
export function formatQuantity(value: number): string {
  return withMinus(sixDigits.format(value));
}

function withSign(value: number, size: string): string {
  if (value === 0) return size;
  return `${value > 0 ? '+' : MINUS}${size}`;
}

function withMinus(text: string): string {
  return text.replace('-', MINUS);
}

/** A moment in the reader's zone: `22 Nov 2026, 23:34`. `timeZone` is for tests. */
export function formatTime(timestamp: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(timestamp));
}

/** A moment in UTC to the second: `2026-11-22 22:34:29 UTC`. */
export function formatUtc(timestamp: string): string {
  return `${new Date(timestamp).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * A moment as the words after "what was known": `at 23:34:29` for one of the same day as `now` in the
 * reader's zone, else with its day, `on 21 Nov 2026, 23:34:29`. Both in ms since the epoch.
 */
export function formatMoment(moment: number, now: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', ...zone });
  const clock = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium', ...zone }).format(moment);
  return day.format(moment) === day.format(now)
    ? `at ${clock}`
    : `on ${day.format(moment)}, ${clock}`;
}

/** A UTC day, which no zone may move: `22 Nov 2026`. */
export function formatDay(date: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** Characters of a learning that stand in a line of a list, and in the heading of its page. */
export const LINE_LENGTH = 140;
export const HEADING_LENGTH = 100;

/** The start of a text, cut at a word where one ends near the limit, with an ellipsis. */
export function excerpt(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  if (characters.length <= limit) return line;
  const head = characters.slice(0, limit - 1).join('');
  const lastSpace = head.lastIndexOf(' ');
  return `${lastSpace > head.length * 0.6 ? head.slice(0, lastSpace) : head}…`;
}
