import { memo, type ReactNode } from 'react';

/** What each contestant hands to the same list. */
export interface Shown {
  readonly id: string;
  readonly content: string;
  readonly value: number;
}

/** How often rows were rendered since the start. */
export const renders = { rows: 0 };

function countRender(): void {
  renders.rows += 1;
}

interface RowProps<R> {
  readonly row: R;
  readonly show: (row: R) => Shown;
}

function PlainRow<R>({ row, show }: RowProps<R>): ReactNode {
  countRender();
  const { id, content, value } = show(row);
  return (
    <li id={id}>
      <span>{content}</span> <b>{value}</b>
    </li>
  );
}

/** Rendered again only where its row is another object. */
const Row = memo(PlainRow) as typeof PlainRow;

interface ListProps<R> {
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly show: (row: R) => Shown;
}

export function List<R>({ rows, keyOf, show }: ListProps<R>): ReactNode {
  return (
    <ul>
      {rows.map((row) => (
        <Row key={keyOf(row)} row={row} show={show} />
      ))}
    </ul>
  );
}
