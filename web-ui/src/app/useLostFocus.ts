import { useEffect } from 'react';

/** Takes the focus to the page's heading where what had it has vanished (`hasVanished`); never from elsewhere. */
export function useLostFocus(hasVanished: boolean): void {
  useEffect(() => {
    if (hasVanished && document.activeElement === document.body) {
      document.querySelector('h1')?.focus();
    }
  }, [hasVanished]);
}
