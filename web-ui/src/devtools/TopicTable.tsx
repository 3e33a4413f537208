import { useEffect, useRef, type ReactNode } from 'react';
import { topicOf } from '../client/index.ts';
import { useDashboardClient } from '../hooks/index.ts';
import { bytesOf, type Inspection, type Seen, type SeenTopic } from './inspection.ts';
import { history, replay } from './replay.ts';
import { BUTTON, CELL, HEADING, TABLE } from './styles.ts';

const COLUMNS = ['Topic', 'State', 'Version', 'Size', 'Age', 'Subscribers', 'Replay'];

interface TopicTableProps {
  readonly inspection: Inspection;
  readonly seen: Seen;
}

/** What is subscribed to, by how many, and how old what is held of it is. */
export function TopicTable({ inspection, seen }: TopicTableProps): ReactNode {
  return (
    <>
      <h2 style={HEADING}>Topics</h2>
      <table style={TABLE}>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" style={CELL}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.topics.map((topic) => (
            <TopicRow key={topic.key} inspection={inspection} topic={topic} seen={seen} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface TopicRowProps {
  readonly inspection: Inspection;
  readonly topic: SeenTopic;
  readonly seen: Seen;
}

function TopicRow({ inspection, topic, seen }: TopicRowProps): ReactNode {
  const { key, version, subscribers } = topic;
  const { status, isStale, data, updatedAt } = useDashboardClient().getTopic(topicOf(key));
  const past = history(seen.frames, key);
  const finish = useRef<() => void>(undefined);
  // A replay that is left in the middle would leave the client with old data.
  useEffect(() => () => finish.current?.(), []);
  return (
    <tr>
      <th scope="row" style={CELL}>
        {key}
      </th>
      <td style={CELL}>{isStale ? `${status}, stale` : status}</td>
      <td style={CELL}>{version ?? '–'}</td>
      <td style={CELL}>
        {data === undefined ? '–' : `${String(bytesOf(JSON.stringify(data)))} B`}
      </td>
      <td style={CELL}>
        {updatedAt === undefined ? '–' : `${String(Math.round((seen.at - updatedAt) / 1000))} s`}
      </td>
      <td style={CELL}>{subscribers}</td>
      <td style={CELL}>
        <button
          type="button"
          style={BUTTON}
          disabled={past.length === 0}
          aria-label={`Replay ${key}`}
          onClick={() => {
            finish.current?.();
            finish.current = replay(inspection, key);
          }}
        >
          {past.length}
        </button>
      </td>
    </tr>
  );
}
