import { lazy, Suspense, type ReactNode } from 'react';

/** Bundlers put the value in its place, and leave out what it makes unreachable; React relies on the same. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

const Panel =
  process.env.NODE_ENV === 'production'
    ? undefined
    : lazy(async () => ({ default: (await import('./Panel.tsx')).Panel }));

/**
 * A panel in the corner of the page that shows the connection, the topics and the last frames of the nearest
 * DashboardProvider's client, made by `inspectedClient`.
 *
 * Nothing of it is in a production bundle, where it renders nothing.
 */
export function DashboardDevtools(): ReactNode {
  return (
    Panel && (
      <Suspense fallback={null}>
        <Panel />
      </Suspense>
    )
  );
}
