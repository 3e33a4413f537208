/** Where the marks of a line chart stand. Pure; y grows downwards as in SVG. */

export interface Domain {
  readonly low: number;
  readonly high: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Mark {
  readonly x: number;
  readonly y: number;
}

/** The span of the values and of what must be seen with them; never empty, so that a flat line lies in the middle. */
export function domainOf(values: readonly (number | null)[], seen: readonly number[] = []): Domain {
  const numbers = [...values.filter((value) => value !== null), ...seen];
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  if (numbers.length === 0) return { low: 0, high: 1 };
  if (low < high) return { low, high };
  const margin = low === 0 ? 1 : Math.abs(low) * 0.1;
  return { low: low - margin, high: high + margin };
}

/** One mark a value, evenly spaced, a single one in the middle; null where there is no value. */
export function marksOf(
  values: readonly (number | null)[],
  domain: Domain,
  box: Box,
): (Mark | null)[] {
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  const start = values.length > 1 ? 0 : box.width / 2;
  return values.map((value, index) =>
    value === null ? null : { x: start + index * step, y: heightOf(value, domain, box) },
  );
}

export function heightOf(value: number, { low, high }: Domain, { height }: Box): number {
  return height * (1 - (value - low) / (high - low));
}

/** SVG path through the marks, broken where one is missing. */
export function linePath(marks: readonly (Mark | null)[]): string {
  return marks
    .map((mark, index) => {
      if (mark === null) return '';
      const joins = index > 0 && marks[index - 1] !== null;
      return `${joins ? 'L' : 'M'}${round(mark.x)} ${round(mark.y)}`;
    })
    .join('');
}

/**
 * SVG path with a line of no length at each mark, which round line ends show as a dot.
 * A circle would become an oval where the drawing is stretched to its box.
 */
export function dotsPath(marks: readonly (Mark | null)[]): string {
  return marks
    .map((mark) => (mark === null ? '' : `M${round(mark.x)} ${round(mark.y)}h0`))
    .join('');
}

function round(coordinate: number): string {
  return String(Math.round(coordinate * 100) / 100);
}
