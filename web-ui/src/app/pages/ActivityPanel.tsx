import { memo, type ReactNode } from 'react';
import type { ComponentReport } from '../../messages/types.ts';
import { ComponentStatusBadge } from '../components/Badges.tsx';
import { Empty, HowToIngest } from '../components/Empty.tsx';
import { Time } from '../components/Figures.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { COMPONENT } from '../words.ts';

interface Props {
  readonly reports: readonly ComponentReport[];
}

export const ActivityPanel = memo(function ActivityPanel({ reports }: Props): ReactNode {
  return (
    <Panel isWide title="Recent activity" explanation="The newest reports of the components.">
      {reports.length === 0 ? (
        <Empty>
          <p>No component has reported yet.</p>
          <HowToIngest />
        </Empty>
      ) : (
        <TableFrame label="Recent activity">
          <TableHead columns={['Time', 'Component', 'Status', 'Message']} />
          <tbody>
            {reports.map((report, index) => (
              <Row key={`${report.occurred_at} ${String(index)}`} report={report} />
            ))}
          </tbody>
        </TableFrame>
      )}
    </Panel>
  );
});

const Row = memo(function Row({ report }: { readonly report: ComponentReport }): ReactNode {
  return (
    <tr>
      <td>
        <Time at={report.occurred_at} />
      </td>
      <th scope="row">{COMPONENT[report.component]}</th>
      <td>
        <ComponentStatusBadge status={report.status} />
      </td>
      <td className="prose">{report.message}</td>
    </tr>
  );
});
