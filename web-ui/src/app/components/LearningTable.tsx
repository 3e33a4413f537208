import { memo, type ReactNode } from 'react';
import type { LearningBrief } from '../../messages/types.ts';
import { formatCount } from '../format.ts';
import type { LearningsQuery } from '../links.ts';
import { CATEGORY, scopeWords } from '../words.ts';
import { LearningStatusBadge } from './Badges.tsx';
import { Percent, Time, Value } from './Figures.tsx';
import { LearningLink } from './LearningLink.tsx';
import { TableFrame, TableHead } from './TableFrame.tsx';

const COLUMNS = [
  'Learning',
  'Status',
  'Value#',
  'Confidence#',
  'Sessions#',
  'Category',
  'Scope',
  'Created',
];

interface LearningTableProps {
  readonly label: string;
  readonly learnings: readonly LearningBrief[];
  /** The list as the address asks for it, kept by the links. */
  readonly query?: LearningsQuery;
  /** The learning that is shown beside the list. */
  readonly currentId?: string | undefined;
}

export function LearningTable(props: LearningTableProps): ReactNode {
  const { label, learnings, query, currentId } = props;
  return (
    <TableFrame label={label}>
      <TableHead columns={COLUMNS} />
      <tbody>
        {learnings.map((learning) => (
          <Row
            key={learning.id}
            learning={learning}
            query={query}
            isCurrent={learning.id === currentId}
          />
        ))}
      </tbody>
    </TableFrame>
  );
}

interface RowProps {
  readonly learning: LearningBrief;
  readonly query: LearningsQuery | undefined;
  readonly isCurrent: boolean;
}

/** Drawn anew only where its own learning changes: what did not change of a payload stays the same object. */
const Row = memo(function Row({ learning, query, isCurrent }: RowProps): ReactNode {
  return (
    <tr className={isCurrent ? 'current' : undefined}>
      <th scope="row" className="subject">
        <LearningLink
          id={learning.id}
          content={learning.content}
          isCurrent={isCurrent}
          {...(query === undefined ? {} : { query })}
        />
      </th>
      <td>
        <LearningStatusBadge status={learning.status} />
      </td>
      <td className="number">
        <Value value={learning.estimated_value} />
      </td>
      <td className="number">
        <Percent fraction={learning.confidence} />
      </td>
      <td className="number">{formatCount(learning.session_count)}</td>
      <td>{CATEGORY[learning.category]}</td>
      <td>{scopeWords(learning.scope)}</td>
      <td>
        <Time at={learning.created_at} />
      </td>
    </tr>
  );
});
