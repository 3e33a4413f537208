import type { ReactNode } from 'react';
import { formatPercent, formatTime, formatUtc, formatValue } from '../format.ts';
import { Missing } from './Missing.tsx';

/** A value from -1 to 1 with its sign; the colour only repeats what the sign says. */
export function Value({ value }: { readonly value: number }): ReactNode {
  const tone = value > 0 ? 'value positive' : value < 0 ? 'value negative' : 'value';
  return (
    <span className={tone} title={String(value)}>
      {formatValue(value)}
    </span>
  );
}

/** A fraction as a percentage, or why there is none. */
export function Percent(props: {
  readonly fraction: number | null;
  readonly missing?: string;
}): ReactNode {
  const { fraction, missing = 'no data' } = props;
  if (fraction === null) return <Missing why={missing} />;
  return <span title={String(fraction)}>{formatPercent(fraction)}</span>;
}

/** A moment in the reader's zone; in UTC where the pointer rests on it. */
export function Time({ at }: { readonly at: string }): ReactNode {
  return (
    <time dateTime={at} title={formatUtc(at)}>
      {formatTime(at)}
    </time>
  );
}
