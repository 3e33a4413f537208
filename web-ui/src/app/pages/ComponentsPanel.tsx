import { memo, type ReactNode } from 'react';
import type { Component, ComponentHealth } from '../../messages/types.ts';
import { ComponentStatusBadge } from '../components/Badges.tsx';
import { Percent, Time } from '../components/Figures.tsx';
import { Missing } from '../components/Missing.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { formatCounted } from '../format.ts';
import { COMPONENT } from '../words.ts';

const COLUMNS = ['Component', 'Status', 'Last report', 'Message', 'Handled#', 'Coverage#'];

/** What a component has handled: one, many. */
const ITEM: Record<Component, readonly [string, string]> = {
  assessment: ['session assessed', 'sessions assessed'],
  extraction: ['learning', 'learnings'],
  attribution: ['record', 'records'],
  strategy: ['outcome', 'outcomes'],
};

/** What a component's coverage is a share of, and why it may have none. */
const COVERED: Record<Component, { readonly of?: string; readonly missing: string }> = {
  assessment: { of: 'of sessions seen in 7 days', missing: 'no session was seen in 7 days' },
  extraction: { missing: 'extraction has no coverage' },
  attribution: { of: 'of learnings tested by ablation', missing: 'there are no learnings yet' },
  strategy: { missing: 'strategy has no coverage' },
};

interface Props {
  readonly components: readonly ComponentHealth[];
}

export const ComponentsPanel = memo(function ComponentsPanel({ components }: Props): ReactNode {
  return (
    <Panel
      isWide
      title="Components"
      explanation="A component whose last report is too old counts as degraded at best."
    >
      <TableFrame label="Components">
        <TableHead columns={COLUMNS} />
        <tbody>
          {components.map((component) => (
            <Row key={component.component} health={component} />
          ))}
        </tbody>
      </TableFrame>
    </Panel>
  );
});

const Row = memo(function Row({ health }: { readonly health: ComponentHealth }): ReactNode {
  const { component, status, last_activity, message, coverage, item_count } = health;
  const covered = COVERED[component];
  return (
    <tr>
      <th scope="row">{COMPONENT[component]}</th>
      <td>
        <ComponentStatusBadge status={status} />
      </td>
      <td>
        {last_activity === null ? <Missing why="never reported" /> : <Time at={last_activity} />}
      </td>
      <td className="prose">{message ?? <Missing why="never reported" />}</td>
      <td className="number">{formatCounted(item_count, ...ITEM[component])}</td>
      <td className="number">
        <Percent fraction={coverage} missing={covered.missing} />
        {coverage !== null && covered.of !== undefined && (
          <span className="hint">{covered.of}</span>
        )}
      </td>
    </tr>
  );
});
