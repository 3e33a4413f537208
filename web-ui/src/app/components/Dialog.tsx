import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** Called when the dialog has closed, by Escape too. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * The browser's modal dialog. It stays in the page while closed: closing it, instead of removing it,
 * is what gives the focus back to the button that opened it.
 */
export function Dialog({ isOpen, title, onClose, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === isOpen) return;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
