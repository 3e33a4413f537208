import type { ReactNode } from 'react';

/** An em dash where there is no figure, and why there is none. */
export function Missing({ why }: { readonly why: string }): ReactNode {
  return (
    <span className="missing" title={why}>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{why}</span>
    </span>
  );
}
