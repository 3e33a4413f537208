import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** What the panel's figures mean, where the title does not say it. */
  readonly explanation?: string;
  /** Takes the whole width of the page, for a table of many columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Panel({ title, explanation, isWide = false, children }: PanelProps): ReactNode {
  const id = useId();
  return (
    <section className={isWide ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {explanation !== undefined && <p className="explanation">{explanation}</p>}
      {children}
    </section>
  );
}
