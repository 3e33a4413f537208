import type { ReactNode } from 'react';
import type { VariantWeight } from '../../messages/types.ts';
import { Bar } from '../charts/Bar.tsx';
import { VARIANT, valuesOf } from '../words.ts';
import { Percent } from './Figures.tsx';
import { Missing } from './Missing.tsx';

/** Heads of the columns that `WeightCells` fills. */
export const WEIGHT_COLUMNS: readonly string[] = valuesOf(VARIANT).map(
  (variant) => VARIANT[variant],
);

interface WeightCellsProps {
  readonly weights: readonly VariantWeight[];
  /** Weights to compare with: marked in the bars, and said below. */
  readonly base?: readonly VariantWeight[];
}

/** One cell a variant, each with its weight as figure and bar. */
export function WeightCells({ weights, base }: WeightCellsProps): ReactNode {
  return valuesOf(VARIANT).map((variant) => {
    const weight = weightOf(weights, variant);
    const compared = base === undefined ? undefined : weightOf(base, variant);
    return (
      <td key={variant} className="weight">
        {weight === undefined ? <Missing why="no weight" /> : <Percent fraction={weight} />}
        <Bar fraction={weight ?? 0} marker={compared} />
        {compared !== undefined && (
          <span className="hint">
            category <Percent fraction={compared} />
          </span>
        )}
      </td>
    );
  });
}

function weightOf(weights: readonly VariantWeight[], variant: string): number | undefined {
  return weights.find((weight) => weight.variant === variant)?.weight;
}
