import { type ReactNode, useEffect, useState } from 'react';
import { type ConnectionState, useDashboard } from '../../hooks/index.ts';

interface Appearance {
  readonly tone: 'good' | 'fair' | 'bad' | 'quiet';
  readonly word: string;
}

const APPEARANCE: Record<ConnectionState['status'], Appearance> = {
  idle: { tone: 'quiet', word: 'Not connected' },
  connecting: { tone: 'quiet', word: 'Connecting…' },
  open: { tone: 'good', word: 'Live' },
  reconnecting: { tone: 'fair', word: 'Reconnecting' },
  closed: { tone: 'bad', word: 'Offline' },
  'update-required': { tone: 'bad', word: 'Update required' },
};

/** Where the connection stands, always in view. */
export function Connection(): ReactNode {
  const { connection, retry } = useDashboard();
  return <ConnectionView connection={connection} onRetry={retry} />;
}

interface ConnectionViewProps {
  readonly connection: ConnectionState;
  readonly onRetry: () => void;
}

export function ConnectionView({ connection, onRetry }: ConnectionViewProps): ReactNode {
  const { tone, word } = APPEARANCE[connection.status];
  const { status, retryAt, lastClose } = connection;
  return (
    <div className="connection">
      <p role="status" className={`connection-state ${tone}`} data-connection={status}>
        {word}
      </p>
      {retryAt !== undefined && <Countdown key={retryAt} until={retryAt} />}
      {status === 'closed' && lastClose !== undefined && lastClose.reason !== '' && (
        <span className="connection-reason">{lastClose.reason}</span>
      )}
      {(status === 'closed' || status === 'reconnecting') && (
        <button type="button" onClick={onRetry}>
          Try now
        </button>
      )}
      {status === 'update-required' && (
        <button
          type="button"
          onClick={() => {
            window.location.reload();
          }}
        >
          Reload
        </button>
      )}
    </div>
  );
}

/** Silent for screen readers: being told every second is worse than not being told. */
function Countdown({ until }: { readonly until: number }): ReactNode {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return <span aria-hidden="true">in {seconds} s</span>;
}
