import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Bar } from '../charts/Bar.tsx';
import { formatCount, formatPercent } from '../format.ts';

interface Row {
  readonly name: string;
  readonly count: number;
  /** Where the counted things are listed. */
  readonly href?: string;
}

interface CountBarsProps {
  readonly label: string;
  /** What all rows are a part of. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Parts of a whole: name, bar, count and share. */
export function CountBars({ label, total, rows }: CountBarsProps): ReactNode {
  return (
    <table className="count-bars" aria-label={label}>
      <caption>{label}</caption>
      <tbody>
        {rows.map(({ name, count, href }) => (
          <tr key={name}>
            <th scope="row">{href === undefined ? name : <Link href={href}>{name}</Link>}</th>
            <td className="number">{formatCount(count)}</td>
            <td className="count-bar">
              <Bar fraction={total === 0 ? 0 : count / total} />
            </td>
            <td className="number">{formatPercent(total === 0 ? 0 : count / total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
