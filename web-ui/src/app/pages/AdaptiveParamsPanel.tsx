import { memo, type ReactNode } from 'react';
import type { AdaptiveParam } from '../../messages/types.ts';
import { describeValues } from '../charts/findings.ts';
import { Sparkline } from '../charts/Sparkline.tsx';
import { Direction } from '../components/Badges.tsx';
import { Percent } from '../components/Figures.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { formatCounted, formatQuantity } from '../format.ts';

const COLUMNS = ['Parameter', 'Current#', 'Confidence#', 'Trend', 'History'];

interface Props {
  readonly params: readonly AdaptiveParam[];
}

export const AdaptiveParamsPanel = memo(function AdaptiveParamsPanel({ params }: Props): ReactNode {
  return (
    <Panel
      isWide
      title="Adaptive parameters"
      explanation="What the pipeline tunes by itself. The trend compares the latest value with the mean of up to five before it."
    >
      {params.length === 0 ? (
        <p>No parameter has been reported yet.</p>
      ) : (
        <TableFrame label="Adaptive parameters">
          <TableHead columns={COLUMNS} />
          <tbody>
            {params.map((param) => (
              <Row key={param.name} param={param} />
            ))}
          </tbody>
        </TableFrame>
      )}
    </Panel>
  );
});

const Row = memo(function Row({ param }: { readonly param: AdaptiveParam }): ReactNode {
  const { name, current_value, confidence, trend, history } = param;
  return (
    <tr className="middle">
      <th scope="row">
        <code>{name}</code>
      </th>
      <td className="number" title={String(current_value)}>
        {formatQuantity(current_value)}
      </td>
      <td className="number">
        <Percent fraction={confidence} />
      </td>
      <td>
        <Direction direction={trend} />
      </td>
      <td>
        <Sparkline finding={describeValues(name, history, formatQuantity)} values={history} />
        <details className="chart-table">
          <summary>{formatCounted(history.length, 'value')}</summary>
          <p>{history.map(formatQuantity).join(', ')} (oldest first)</p>
        </details>
      </td>
    </tr>
  );
});
