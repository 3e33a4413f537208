/** The middle of some figures, and between what half of them lie. */
export interface Quartiles {
  readonly median: number;
  readonly first: number;
  readonly third: number;
}

/** Of two values or more; between two of them, in proportion. */
export function quartiles(values: readonly number[]): Quartiles {
  const ordered = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (ordered.length - 1);
    const below = ordered[Math.floor(place)] ?? NaN;
    const above = ordered[Math.ceil(place)] ?? NaN;
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), first: at(0.25), third: at(0.75) };
}

/** These as a multiple of those, turn by turn. */
export function ratios(these: readonly number[], those: readonly number[]): Quartiles {
  return quartiles(these.map((one, turn) => one / (those[turn] ?? NaN)));
}
