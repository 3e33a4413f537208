import type { ReactNode } from 'react';
import { domainOf, dotsPath, linePath, marksOf } from './geometry.ts';

const BOX = { width: 120, height: 28 };

interface SparklineProps {
  /** What the line shows in one sentence. */
  readonly finding: string;
  readonly values: readonly number[];
}

/** The course of a figure in the height of a line of text; only its last value is marked. */
export function Sparkline({ finding, values }: SparklineProps): ReactNode {
  const marks = marksOf(values, domainOf(values), BOX);
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={finding}
      viewBox={`0 0 ${String(BOX.width)} ${String(BOX.height)}`}
      preserveAspectRatio="none"
    >
      <path className="chart-line" d={linePath(marks)} />
      <path className="chart-dots" d={dotsPath(marks.slice(-1))} />
    </svg>
  );
}
