import { memo, type ReactNode } from 'react';
import type { AttributionData, ContributorRow } from '../../messages/types.ts';
import { LearningStatusBadge } from '../components/Badges.tsx';
import { Percent, Value } from '../components/Figures.tsx';
import { LearningLink } from '../components/LearningLink.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { longer } from './PeriodPicker.tsx';
import { AblationCoveragePanel } from './AblationCoveragePanel.tsx';

const COLUMNS = ['Learning', 'Value#', 'Confidence#', 'Sessions#', 'Status'];

export function Leaderboards({ data }: { readonly data: AttributionData }): ReactNode {
  const period = formatCounted(data.period_days, 'day');
  return (
    <div className="panels">
      <Panel title={`Top contributors, last ${period}`} explanation="The learnings that help most.">
        <Contributors
          label="Top contributors"
          rows={data.top_contributors}
          none={`No learning helped in this period.${longer(data.period_days)}`}
        />
      </Panel>
      <div className="stack">
        <Panel
          title={`Negative impact, last ${period}`}
          explanation="The learnings that hurt most: candidates to disable."
        >
          <Contributors
            label="Negative impact"
            rows={data.negative_impact}
            none={`No learning hurt in this period.${longer(data.period_days)}`}
          />
        </Panel>
        <AblationCoveragePanel coverage={data.ablation_coverage} />
      </div>
    </div>
  );
}

interface ContributorsProps {
  readonly label: string;
  readonly rows: readonly ContributorRow[];
  readonly none: string;
}

function Contributors({ label, rows, none }: ContributorsProps): ReactNode {
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <TableFrame label={label}>
      <TableHead columns={COLUMNS} />
      <tbody>
        {rows.map((row) => (
          <Row key={row.learning_id} row={row} />
        ))}
      </tbody>
    </TableFrame>
  );
}

const Row = memo(function Row({ row }: { readonly row: ContributorRow }): ReactNode {
  return (
    <tr>
      <th scope="row" className="subject">
        <LearningLink id={row.learning_id} content={row.content} />
      </th>
      <td className="number">
        <Value value={row.estimated_value} />
      </td>
      <td className="number">
        <Percent fraction={row.confidence} />
      </td>
      <td className="number">{formatCount(row.session_count)}</td>
      <td>
        <LearningStatusBadge status={row.status} />
      </td>
    </tr>
  );
});
