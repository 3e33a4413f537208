import type { ReactNode } from 'react';

/** Says that there is nothing, and how something comes. */
export function Empty({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="empty">{children}</div>;
}

/** How facts get in, for a dashboard that has none. */
export function HowToIngest(): ReactNode {
  const { origin } = window.location;
  return (
    <p>
      Facts come in with <code>groove-dashboard ingest FILE --url {origin}</code> or as{' '}
      <code>POST /api/groove/events</code>; <code>groove-dashboard demo --url {origin}</code> writes
      invented ones. This page shows them as they arrive.
    </p>
  );
}
