import type { ReactNode } from 'react';

interface BarProps {
  /** Length, 0 to 1. */
  readonly fraction: number;
  /** A line across the bar to compare with, 0 to 1. */
  readonly marker?: number | undefined;
}

/**
 * A bar beside a figure. The figure itself always stands next to it as text, so the drawing is silent:
 * a screen reader would otherwise say everything twice.
 */
export function Bar({ fraction, marker }: BarProps): ReactNode {
  return (
    <svg className="bar" aria-hidden="true" focusable="false">
      <rect className="bar-track" width="100%" height="100%" />
      <rect className="bar-fill" width={percent(fraction)} height="100%" />
      {marker !== undefined && (
        <line className="bar-marker" x1={percent(marker)} x2={percent(marker)} y1="0" y2="100%" />
      )}
    </svg>
  );
}

function percent(fraction: number): string {
  return `${String(Math.round(Math.min(1, Math.max(0, fraction)) * 10_000) / 100)}%`;
}
