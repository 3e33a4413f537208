import { type ReactNode, useId } from 'react';

interface ChoiceProps<K extends string> {
  readonly label: string;
  /** The values with their words, in the order shown. */
  readonly words: Record<K, string>;
  readonly value: K | undefined;
  /** What stands for "none of them"; without it one must be chosen. */
  readonly any?: string;
  readonly onChange: (value: K | undefined) => void;
}

/** One of a few values. */
export function Choice<K extends string>(props: ChoiceProps<K>): ReactNode {
  const { label, words, value, any, onChange } = props;
  const id = useId();
  const values = Object.keys(words) as K[];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => {
          onChange(values.find((candidate) => candidate === event.target.value));
        }}
      >
        {any !== undefined && <option value="">{any}</option>}
        {values.map((candidate) => (
          <option key={candidate} value={candidate}>
            {words[candidate]}
          </option>
        ))}
      </select>
    </div>
  );
}
