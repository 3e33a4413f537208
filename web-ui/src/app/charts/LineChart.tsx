import { type ReactNode, useId } from 'react';
import { dotsPath, domainOf, heightOf, linePath, marksOf } from './geometry.ts';

const BOX = { width: 600, height: 120 };

export interface ChartPoint {
  /** What stands below the point, such as its day. */
  readonly label: string;
  readonly value: number | null;
  /** How many observations the value is made of, in words. */
  readonly note: string;
}

interface LineChartProps {
  /** Name of the chart, shown above it. */
  readonly title: string;
  /** What the chart shows in one sentence, for those who cannot see it. */
  readonly finding: string;
  /** Heads of the columns of the table: label, value, note. */
  readonly columns: readonly [string, string, string];
  readonly points: readonly ChartPoint[];
  readonly format: (value: number) => string;
  /** Values that the scale always takes in, such as 0 and 1 for a fraction. */
  readonly seen: readonly number[];
  /** What stands in the table where there is no value. */
  readonly missing: ReactNode;
}

/** A line over time with its figures as a table behind a toggle. A gap is a gap, never a zero. */
export function LineChart(props: LineChartProps): ReactNode {
  const { title, finding, points, format, seen } = props;
  const values = points.map((point) => point.value);
  const domain = domainOf(values, seen);
  if (values.every((value) => value === null)) {
    return (
      <figure className="chart">
        <figcaption>{title}</figcaption>
        <p className="quiet">{finding}</p>
        <ChartTable {...props} />
      </figure>
    );
  }
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div className="chart-plot">
        <span className="chart-high" aria-hidden="true">
          {format(domain.high)}
        </span>
        <span className="chart-low" aria-hidden="true">
          {format(domain.low)}
        </span>
        <svg
          className="chart-lines"
          role="img"
          aria-label={finding}
          viewBox={`0 0 ${String(BOX.width)} ${String(BOX.height)}`}
          preserveAspectRatio="none"
        >
          {domain.low < 0 && domain.high > 0 && (
            <path
              className="chart-zero"
              d={`M0 ${String(heightOf(0, domain, BOX))}h${String(BOX.width)}`}
            />
          )}
          <Series values={values} domain={domain} />
          <Hints {...props} />
        </svg>
        <span className="chart-first" aria-hidden="true">
          {points.at(0)?.label}
        </span>
        <span className="chart-last" aria-hidden="true">
          {points.at(-1)?.label}
        </span>
      </div>
      <ChartTable {...props} />
    </figure>
  );
}

function Series(props: {
  readonly values: readonly (number | null)[];
  readonly domain: { low: number; high: number };
}): ReactNode {
  const marks = marksOf(props.values, props.domain, BOX);
  return (
    <>
      <path className="chart-line" d={linePath(marks)} />
      <path className="chart-dots" d={dotsPath(marks)} />
    </>
  );
}

/** One tall invisible strip a point, so that the pointer need not hit the dot to read its figure. */
function Hints({ points, format }: LineChartProps): ReactNode {
  const width = BOX.width / Math.max(1, points.length);
  return points.map((point, index) => (
    <rect
      key={point.label}
      className="chart-hint"
      x={index * width}
      y={0}
      width={width}
      height={BOX.height}
    >
      <title>
        {point.value === null
          ? `${point.label}: ${point.note}`
          : `${point.label}: ${format(point.value)}, ${point.note}`}
      </title>
    </rect>
  ));
}

function ChartTable({ title, columns, points, format, missing }: LineChartProps): ReactNode {
  const id = useId();
  return (
    <details className="chart-table">
      <summary id={id}>Figures as a table</summary>
      <table aria-label={title}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={index === 0 ? undefined : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.label}>
              <th scope="row">{point.label}</th>
              <td className="number">{point.value === null ? missing : format(point.value)}</td>
              <td className="number">{point.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
