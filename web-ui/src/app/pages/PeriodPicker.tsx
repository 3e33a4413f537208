import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatCounted } from '../format.ts';
import { PERIODS } from '../links.ts';

interface PeriodPickerProps {
  readonly days: number;
  readonly hrefOf: (days: number) => string;
}

/** Links to the usual periods; another one in the address is shown beside them. */
export function PeriodPicker({ days, hrefOf }: PeriodPickerProps): ReactNode {
  const periods: readonly number[] = PERIODS;
  const choices = periods.includes(days) ? periods : [...periods, days];
  return (
    <nav className="segments" aria-label="Period">
      {choices.map((choice) => (
        <Link
          key={choice}
          href={hrefOf(choice)}
          aria-current={choice === days ? 'true' : undefined}
        >
          {formatCounted(choice, 'day')}
        </Link>
      ))}
    </nav>
  );
}

/** What to add where a period shows nothing: nothing, where there is no longer one. */
export function longer(days: number): string {
  return days < Math.max(...PERIODS) ? ' A longer one may show some.' : '';
}
