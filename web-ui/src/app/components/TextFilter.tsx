import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react';
import { SEARCH_LENGTH } from '../links.ts';

const PAUSE_MS = 250;

interface TextFilterProps {
  readonly label: string;
  readonly value: string;
  /** Called with the trimmed text once the typing has paused. */
  readonly onChange: (text: string) => void;
}

/** A text to filter by, applied while one types, but not at every stroke. */
export function TextFilter({ label, value, onChange }: TextFilterProps): ReactNode {
  const id = useId();
  const [text, setText] = useFollowing(value);
  const apply = useEffectEvent(() => {
    if (text.trim() !== value) onChange(text.trim());
  });
  useEffect(() => {
    const timer = setTimeout(apply, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={text}
        maxLength={SEARCH_LENGTH}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
    </div>
  );
}

/** A text of one's own that follows `value` when that changes by other means, such as the Back button. */
function useFollowing(value: string): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const [followed, setFollowed] = useState(value);
  if (value !== followed) {
    setFollowed(value);
    if (value !== text.trim()) setText(value);
  }
  return [text, setText];
}
