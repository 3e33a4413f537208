import { type ReactNode, useState } from 'react';
import { DashboardError, useLearningActions } from '../../hooks/index.ts';
import type { LearningAction, LearningStatus } from '../../messages/types.ts';
import { excerpt } from '../format.ts';
import { Dialog } from './Dialog.tsx';

interface Words {
  readonly verb: string;
  readonly question: string;
  readonly consequence: string;
  readonly running: string;
  readonly done: string;
}

const WORDS: Record<LearningAction, Words> = {
  enable_learning: {
    verb: 'Enable',
    question: 'Enable this learning?',
    consequence: 'It becomes active: later sessions are given it again.',
    running: 'Enabling…',
    done: 'Enabled.',
  },
  disable_learning: {
    verb: 'Disable',
    question: 'Disable this learning?',
    consequence: 'Later sessions are not given it, until a person enables it again.',
    running: 'Disabling…',
    done: 'Disabled.',
  },
  delete_learning: {
    verb: 'Delete',
    question: 'Delete this learning for good?',
    consequence:
      'It vanishes from every list and figure. This cannot be undone, and facts that arrive later do not bring it back.',
    running: 'Deleting…',
    done: 'Deleted.',
  },
};

const ACTIONS: readonly LearningAction[] = [
  'enable_learning',
  'disable_learning',
  'delete_learning',
];

interface LearningActionsProps {
  readonly id: string;
  readonly content: string;
  readonly status: LearningStatus;
}

/**
 * What a person can do to a learning, each after a confirmation. The buttons never leave their place,
 * so that the focus has where to return to; what has been done shows in the live figures.
 */
export function LearningActions({ id, content, status }: LearningActionsProps): ReactNode {
  const { progress, run } = useAction(id);
  const [asked, setAsked] = useState<LearningAction>('disable_learning');
  const [isOpen, setOpen] = useState(false);
  const isIdle = progress.state !== 'running';
  const ask = (action: LearningAction): void => {
    setAsked(action);
    setOpen(true);
  };
  return (
    <div className="actions">
      {ACTIONS.map((action) => (
        <ActionButton
          key={action}
          action={action}
          isPossible={isIdle && changesSomething(action, status)}
          onAsk={ask}
        />
      ))}
      <Outcome progress={progress} />
      <Dialog
        isOpen={isOpen}
        title={WORDS[asked].question}
        onClose={() => {
          setOpen(false);
        }}
      >
        <blockquote>{excerpt(content, 300)}</blockquote>
        <p>{WORDS[asked].consequence}</p>
        <Confirmation
          action={asked}
          onCancel={() => {
            setOpen(false);
          }}
          onConfirm={() => {
            setOpen(false);
            run(asked);
          }}
        />
      </Dialog>
    </div>
  );
}

function changesSomething(action: LearningAction, status: LearningStatus): boolean {
  if (action === 'enable_learning') return status !== 'active';
  if (action === 'disable_learning') return status !== 'disabled';
  return true;
}

interface ActionButtonProps {
  readonly action: LearningAction;
  readonly isPossible: boolean;
  readonly onAsk: (action: LearningAction) => void;
}

function ActionButton({ action, isPossible, onAsk }: ActionButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={action === 'delete_learning' ? 'danger' : undefined}
      aria-disabled={!isPossible}
      onClick={() => {
        if (isPossible) onAsk(action);
      }}
    >
      {WORDS[action].verb}
    </button>
  );
}

interface ConfirmationProps {
  readonly action: LearningAction;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

function Confirmation({ action, onCancel, onConfirm }: ConfirmationProps): ReactNode {
  return (
    <div className="confirmation">
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
      <button
        type="button"
        className={action === 'delete_learning' ? 'danger' : 'primary'}
        onClick={onConfirm}
      >
        {WORDS[action].verb}
      </button>
    </div>
  );
}

type Progress =
  | { readonly state: 'idle' }
  | { readonly state: 'running' | 'done'; readonly action: LearningAction }
  | { readonly state: 'failed'; readonly action: LearningAction; readonly error: unknown };

function Outcome({ progress }: { readonly progress: Progress }): ReactNode {
  return (
    <>
      <p role="status" className="outcome">
        {progress.state === 'running' && WORDS[progress.action].running}
        {progress.state === 'done' && WORDS[progress.action].done}
      </p>
      {progress.state === 'failed' && (
        <p role="alert" className="note bad">
          {failure(WORDS[progress.action].verb, progress.error)}
        </p>
      )}
    </>
  );
}

/** What is known of an action that was not confirmed: whether it was refused, never sent, or left open. */
function failure(verb: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof DashboardError ? error.code : undefined;
  if (code === 'not_connected') return `${verb} failed, nothing was done: ${message}`;
  if (code === 'disconnected' || code === 'timeout') {
    return `${verb}: it is not known whether that was done (${message}). The status below shows it once the page is connected.`;
  }
  return `${verb} failed: ${message}`;
}

function useAction(id: string): { progress: Progress; run: (action: LearningAction) => void } {
  const actions = useLearningActions();
  const [progress, setProgress] = useState<Progress>({ state: 'idle' });
  const run = (action: LearningAction): void => {
    setProgress({ state: 'running', action });
    void perform(actions, action, id).then(
      () => {
        setProgress({ state: 'done', action });
      },
      (error: unknown) => {
        setProgress({ state: 'failed', action, error });
      },
    );
  };
  return { progress, run };
}

function perform(
  actions: ReturnType<typeof useLearningActions>,
  action: LearningAction,
  id: string,
): Promise<unknown> {
  switch (action) {
    case 'enable_learning':
      return actions.enableLearning(id);
    case 'disable_learning':
      return actions.disableLearning(id);
    case 'delete_learning':
      return actions.deleteLearning(id);
  }
}
