import type { ReactNode } from 'react';

interface TableFrameProps {
  /** Name of the table, for those who do not see what stands around it. */
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * A table that scrolls sideways by itself where the page is narrow; the keyboard can do that too.
 * A group, not a region: the panel around it is the landmark.
 */
export function TableFrame({ label, children }: TableFrameProps): ReactNode {
  return (
    <div className="table-frame" role="group" aria-label={label} tabIndex={0}>
      <table aria-label={label}>{children}</table>
    </div>
  );
}

/** The head of a table. A column that ends in `#` holds numbers. */
export function TableHead({ columns }: { readonly columns: readonly string[] }): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" className={column.endsWith('#') ? 'number' : undefined}>
            {column.replace(/#$/, '')}
          </th>
        ))}
      </tr>
    </thead>
  );
}
