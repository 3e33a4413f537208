import { useEffect, useId, useState, type ReactNode } from 'react';
import { useConnection, useDashboardClient } from '../hooks/index.ts';
import { FrameList } from './FrameList.tsx';
import { inspectionOf, type Inspection, type Seen } from './inspection.ts';
import { BUTTON, CORNER, HEADING, PANEL } from './styles.ts';
import { TopicTable } from './TopicTable.tsx';

/** How often the panel looks at what there is to see. */
const LOOK_MS = 500;

/** The devtools: a button in the corner, and above it, where that is pressed, what is to be seen. */
export function Panel(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <aside aria-label="Dashboard devtools" style={CORNER}>
      {isOpen && (
        <div id={id} style={PANEL}>
          <Content />
        </div>
      )}
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        style={BUTTON}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        groove devtools
      </button>
    </aside>
  );
}

function Content(): ReactNode {
  const inspection = inspectionOf(useDashboardClient());
  return (
    <>
      <ConnectionState />
      {inspection === undefined ? (
        <p>Make the client by inspectedClient() to see its topics and frames.</p>
      ) : (
        <Inspected inspection={inspection} />
      )}
    </>
  );
}

function ConnectionState(): ReactNode {
  const client = useDashboardClient();
  const { status, attempt, retryAt, lastClose, updateAvailable } = useConnection();
  return (
    <>
      <h2 style={HEADING}>Connection</h2>
      <p>
        {status}, attempt {attempt}
        {retryAt !== undefined && `, next at ${new Date(retryAt).toLocaleTimeString()}`}
        {lastClose && `, last closed with ${String(lastClose.code)} ${lastClose.reason}`}
        {updateAvailable && ', the server has another schema'}
      </p>
      <button
        type="button"
        style={BUTTON}
        onClick={() => {
          client.retry();
        }}
      >
        Connect now
      </button>
    </>
  );
}

function Inspected({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const seen = useSeen(inspection);
  return (
    <>
      <button
        type="button"
        style={BUTTON}
        disabled={!seen.isOpen}
        onClick={() => {
          inspection.drop();
        }}
      >
        Drop the connection
      </button>
      <TopicTable inspection={inspection} seen={seen} />
      <FrameList frames={seen.frames} />
    </>
  );
}

/** What is seen of the client, looked at now and then: frames may come by the hundred. */
function useSeen(inspection: Inspection): Seen {
  const [seen, setSeen] = useState(() => inspection.read());
  useEffect(() => {
    const timer = setInterval(() => {
      setSeen(inspection.read());
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [inspection]);
  return seen;
}
