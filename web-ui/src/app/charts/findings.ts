/** What a chart shows, in one sentence: the text that stands for the drawing. */

interface Described {
  readonly label: string;
  readonly value: number | null;
}

/** Of a series over days: its last value with its day, its range, and how many days have none. */
export function describeDays(
  name: string,
  points: readonly Described[],
  format: (value: number) => string,
): string {
  const given = points.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  const last = given.at(-1);
  const days = points.length === 1 ? '1 day' : `${String(points.length)} days`;
  if (last === undefined) return `${name} over ${days}: no data.`;
  const gaps = points.length - given.length;
  const without =
    gaps === 0 ? '' : `; ${gaps === 1 ? '1 day' : `${String(gaps)} days`} without data`;
  return `${name} over ${days}: latest ${format(last.value)} on ${last.label}${range(given, format)}${without}.`;
}

/** Of the last values of a figure: how many, the latest and the range. */
export function describeValues(
  name: string,
  values: readonly number[],
  format: (value: number) => string,
): string {
  const last = values.at(-1);
  if (last === undefined) return `${name}: no values.`;
  const given = values.map((value) => ({ value }));
  const many = values.length === 1 ? '1 value' : `last ${String(values.length)} values`;
  return `${name}, ${many}: latest ${format(last)}${range(given, format)}.`;
}

function range(given: readonly { value: number }[], format: (value: number) => string): string {
  const values = given.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low === high ? '' : `, lowest ${format(low)}, highest ${format(high)}`;
}
