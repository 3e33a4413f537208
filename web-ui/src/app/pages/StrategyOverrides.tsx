import { memo, type ReactNode } from 'react';
import type { StrategyOverride, StrategyOverridesData } from '../../messages/types.ts';
import { LearningLink } from '../components/LearningLink.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { WEIGHT_COLUMNS, WeightCells } from '../components/WeightTable.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { CATEGORY } from '../words.ts';

const COLUMNS = ['Learning', 'Category', 'Sessions#', 'Specialised', ...WEIGHT_COLUMNS];

export function StrategyOverrides({ data }: { readonly data: StrategyOverridesData }): ReactNode {
  return (
    <Panel
      title="Learnings with weights of their own"
      explanation="A learning's own outcomes, beside those of its whole category (the mark in each bar). It is specialised, and follows its own weights, once it has outcomes from 20 sessions."
    >
      {data.overrides.length === 0 ? (
        <p>No learning has had an outcome yet.</p>
      ) : (
        <TableFrame label="Weights of learnings">
          <TableHead columns={COLUMNS} />
          <tbody>
            {data.overrides.map((override) => (
              <Row key={override.learning_id} override={override} />
            ))}
          </tbody>
        </TableFrame>
      )}
    </Panel>
  );
}

const Row = memo(function Row({ override }: { readonly override: StrategyOverride }): ReactNode {
  return (
    <tr>
      <th scope="row" className="subject">
        <LearningLink id={override.learning_id} content={override.content} />
      </th>
      <td>{CATEGORY[override.category]}</td>
      <td className="number">{formatCount(override.session_count)}</td>
      <td>
        {override.is_specialized
          ? 'Specialised'
          : `${formatCounted(override.sessions_to_specialize, 'session')} to go`}
      </td>
      <WeightCells weights={override.weights} base={override.base_weights} />
    </tr>
  );
});
