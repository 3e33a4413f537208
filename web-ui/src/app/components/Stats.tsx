import type { ReactNode } from 'react';

interface StatsProps {
  /** Figures are to be seen at once; words are to be read. */
  readonly kind?: 'figures' | 'words';
  readonly children: ReactNode;
}

/** Facts with their names, side by side. */
export function Stats({ kind = 'figures', children }: StatsProps): ReactNode {
  return <dl className={`stats ${kind}`}>{children}</dl>;
}

interface StatProps {
  readonly name: string;
  /** How the figure comes about, or what it counts. */
  readonly hint?: string;
  readonly children: ReactNode;
}

export function Stat({ name, hint, children }: StatProps): ReactNode {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd>{children}</dd>
      {hint !== undefined && <dd className="hint">{hint}</dd>}
    </div>
  );
}
