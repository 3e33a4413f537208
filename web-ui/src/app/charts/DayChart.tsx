import type { ReactNode } from 'react';
import { formatDay } from '../format.ts';
import { describeDays } from './findings.ts';
import { LineChart } from './LineChart.tsx';

interface Day {
  readonly date: string;
  readonly value: number | null;
  /** What the value was made of, in words. */
  readonly note: string;
}

interface DayChartProps {
  readonly title: string;
  /** What a value is, such as "Mean score". */
  readonly measure: string;
  readonly noteName: string;
  readonly days: readonly Day[];
  readonly format: (value: number) => string;
  readonly seen: readonly number[];
  readonly missing: ReactNode;
}

/** A figure over UTC days. */
export function DayChart(props: DayChartProps): ReactNode {
  const { title, measure, noteName, days, format, seen, missing } = props;
  const points = days.map(({ date, value, note }) => ({ label: formatDay(date), value, note }));
  return (
    <LineChart
      title={title}
      finding={describeDays(measure, points, format)}
      columns={['UTC day', measure, noteName]}
      points={points}
      format={format}
      seen={seen}
      missing={missing}
    />
  );
}
