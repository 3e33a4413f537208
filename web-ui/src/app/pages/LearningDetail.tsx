import type { ReactNode } from 'react';
import type { AblationSummary, LearningDetailData } from '../../messages/types.ts';
import { DayChart } from '../charts/DayChart.tsx';
import { LearningStatusBadge } from '../components/Badges.tsx';
import { Percent, Time, Value } from '../components/Figures.tsx';
import { Missing } from '../components/Missing.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { formatCount, formatCounted, formatValue, HEADING_LENGTH } from '../format.ts';
import { ABLATION, CATEGORY, scopeWords } from '../words.ts';

interface Props {
  readonly data: LearningDetailData;
}

export function LearningDetail({ data }: Props): ReactNode {
  return (
    <>
      {!fitsHeading(data.content) && <blockquote>{data.content}</blockquote>}
      <Origin data={data} />
      <Worth data={data} />
      <History data={data} />
    </>
  );
}

/** Whether the heading has said it all: no more than fits, and no line breaks to show. */
function fitsHeading(content: string): boolean {
  return Array.from(content).length <= HEADING_LENGTH && !content.includes('\n');
}

function Origin({ data }: Props): ReactNode {
  return (
    <Panel title="What it is">
      <Stats kind="words">
        <Stat name="Status">
          <LearningStatusBadge status={data.status} />
        </Stat>
        <Stat name="Reason of the status">
          {data.status_reason ?? <Missing why="no reason was given" />}
        </Stat>
        <Stat name="Category">{CATEGORY[data.category]}</Stat>
        <Stat name="Scope">{scopeWords(data.scope)}</Stat>
        <Stat name="Created">
          <Time at={data.created_at} />
        </Stat>
        <Stat name="Extracted by">{data.extraction_method}</Stat>
        <Stat name="From session">
          {data.source_session === null ? (
            <Missing why="the session is not known" />
          ) : (
            <code>{data.source_session}</code>
          )}
        </Stat>
        <Stat name="Id">
          <code>{data.id}</code>
        </Stat>
      </Stats>
    </Panel>
  );
}

function Worth({ data }: Props): ReactNode {
  return (
    <Panel title="What it is worth">
      <Stats>
        <Stat name="Value" hint="from sessions and experiment together">
          <Value value={data.estimated_value} />
        </Stat>
        <Stat name="Confidence" hint="in that value">
          <Percent fraction={data.confidence} />
        </Stat>
        <Stat name="Injected" hint="sessions that were given it">
          {formatCount(data.times_injected)}
        </Stat>
        <Stat name="Activated" hint="sessions that used it">
          {formatCount(data.session_count)}
        </Stat>
        <Stat name="Activation rate">
          <Percent fraction={data.activation_rate} />
        </Stat>
        <Stat name="Value in sessions" hint="mean contribution where activated">
          <Value value={data.temporal_value} />
        </Stat>
        <Stat name="Confidence in it" hint="grows with the sessions">
          <Percent fraction={data.temporal_confidence} />
        </Stat>
        <Ablation ablation={data.ablation} />
      </Stats>
    </Panel>
  );
}

function Ablation({ ablation }: { readonly ablation: AblationSummary }): ReactNode {
  return (
    <>
      <Stat name="Ablation experiment">{ABLATION[ablation.state]}</Stat>
      <Stat name="Value in experiment">
        {ablation.value === null ? (
          <Missing why="not measured" />
        ) : (
          <Value value={ablation.value} />
        )}
      </Stat>
      <Stat name="Confidence in experiment">
        <Percent fraction={ablation.confidence} missing="not measured" />
      </Stat>
    </>
  );
}

function History({ data }: Props): ReactNode {
  return (
    <Panel title={`Contributions, last ${formatCounted(data.history.length, 'day')}`}>
      <DayChart
        title="Mean contribution a day"
        measure="Mean contribution"
        noteName="Activated in"
        days={data.history.map(({ date, mean_contribution, session_count }) => ({
          date,
          value: mean_contribution,
          note: formatCounted(session_count, 'session'),
        }))}
        format={formatValue}
        seen={[0]}
        missing={<Missing why="not activated on this day" />}
      />
    </Panel>
  );
}
