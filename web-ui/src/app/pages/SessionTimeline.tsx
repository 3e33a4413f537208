import { memo, type ReactNode } from 'react';
import type {
  SessionContribution,
  SessionTimelineData,
  TimelineSession,
} from '../../messages/types.ts';
import { Bar } from '../charts/Bar.tsx';
import { OutcomeBadge } from '../components/Badges.tsx';
import { Percent, Time, Value } from '../components/Figures.tsx';
import { LearningLink } from '../components/LearningLink.tsx';
import { MoreLink } from '../components/MoreLink.tsx';
import { Panel } from '../components/Panel.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { longer } from './PeriodPicker.tsx';

interface SessionTimelineProps {
  readonly data: SessionTimelineData;
  /** Where more of the sessions are listed. */
  readonly moreHref: (limit: number) => string;
}

export function SessionTimeline({ data, moreHref }: SessionTimelineProps): ReactNode {
  const { sessions, total, period_days } = data;
  return (
    <Panel
      title={`Sessions, last ${formatCounted(period_days, 'day')}`}
      explanation="Assessed sessions, newest first, with what each learning contributed."
    >
      <p>{howMany(data)}</p>
      {sessions.length > 0 && (
        <ol className="sessions">
          {sessions.map((session) => (
            <Session key={session.session_id} session={session} />
          ))}
        </ol>
      )}
      <MoreLink listed={sessions.length} total={total} noun="session" hrefOf={moreHref} />
    </Panel>
  );
}

function howMany({ sessions, total, period_days }: SessionTimelineData): string {
  if (total === 0) return `No session was assessed in this period.${longer(period_days)}`;
  const all = formatCounted(total, 'session');
  return sessions.length < total
    ? `The newest ${formatCount(sessions.length)} of ${all}.`
    : `${all}.`;
}

const Session = memo(function Session({
  session,
}: {
  readonly session: TimelineSession;
}): ReactNode {
  return (
    <li className="session">
      <div className="session-what">
        <span className="session-title">{session.title ?? 'Untitled session'}</span>
        <code>{session.session_id}</code>
      </div>
      <Time at={session.assessed_at} />
      <OutcomeBadge outcome={session.outcome} />
      <span className="session-score">
        <span>
          <span className="visually-hidden">score </span>
          <Percent fraction={session.score} />
        </span>
        <Bar fraction={session.score} />
      </span>
      <Contributions count={session.learnings_activated} rows={session.contributions} />
      {session.warning !== null && <p className="note fair">{session.warning}</p>}
    </li>
  );
});

interface ContributionsProps {
  readonly count: number;
  readonly rows: readonly SessionContribution[];
}

function Contributions({ count, rows }: ContributionsProps): ReactNode {
  const summary = `${formatCounted(count, 'learning')} activated`;
  if (rows.length === 0) return <span className="session-learnings quiet">{summary}</span>;
  return (
    <details className="session-learnings">
      <summary>{summary}</summary>
      <ul className="contributions">
        {rows.map((row) => (
          <li key={row.learning_id}>
            <Value value={row.contribution} />
            <LearningLink id={row.learning_id} content={row.content} />
          </li>
        ))}
      </ul>
    </details>
  );
}
