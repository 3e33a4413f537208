import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Bar } from '../Bar.tsx';
import { DayChart } from '../DayChart.tsx';
import { Sparkline } from '../Sparkline.tsx';

const DAYS = [
  { date: '2026-11-20', value: 0.25, note: '2 sessions' },
  { date: '2026-11-21', value: null, note: '0 sessions' },
  { date: '2026-11-22', value: -0.5, note: '3 sessions' },
];

function showDays() {
  return render(
    <DayChart
      title="Contribution a day"
      measure="Contribution"
      noteName="Sessions"
      days={DAYS}
      format={String}
      seen={[0]}
      missing="none"
    />,
  );
}

test('a chart says what it shows', () => {
  showDays();
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Contribution over 3 days: latest -0.5 on 22 Nov 2026, lowest -0.5, highest 0.25; 1 day without data.',
  );
});

test('a chart can be read as a table, gaps included', () => {
  showDays();
  const table = screen.getByRole('table', { name: 'Contribution a day', hidden: true });
  const rows = within(table).getAllByRole('row', { hidden: true });
  expect(rows.map((row) => row.textContent)).toEqual([
    'UTC dayContributionSessions',
    '20 Nov 20260.252 sessions',
    '21 Nov 2026none0 sessions',
    '22 Nov 2026-0.53 sessions',
  ]);
});

test('a point tells its figure under the pointer', () => {
  const { container } = showDays();
  const hints = [...container.querySelectorAll('rect title')].map((hint) => hint.textContent);
  expect(hints).toEqual([
    '20 Nov 2026: 0.25, 2 sessions',
    '21 Nov 2026: 0 sessions',
    '22 Nov 2026: -0.5, 3 sessions',
  ]);
});

test('a chart that crosses zero shows where zero is', () => {
  const { container } = showDays();
  const [, , width] = container.querySelector('svg')!.getAttribute('viewBox')!.split(' ');
  const zero = container.querySelector('.chart-zero')?.getAttribute('d');
  expect(zero).toMatch(new RegExp(`^M0 40.*h${width!}$`));
});

test('a sparkline of nothing draws nothing', () => {
  const { container } = render(<Sparkline finding="Rate: no values." values={[]} />);
  expect(container.querySelector('.chart-line')?.getAttribute('d')).toBe('');
});

test.each([
  [0.4237, '42.37%'],
  [0, '0%'],
  [1.5, '100%'],
  [-1, '0%'],
])('a bar of %d is %s long', (fraction, width) => {
  const { container } = render(<Bar fraction={fraction} />);
  expect(container.querySelector('.bar-fill')?.getAttribute('width')).toBe(width);
});

test('a bar can be compared with a mark', () => {
  const { container } = render(<Bar fraction={0.5} marker={0.25} />);
  expect(container.querySelector('.bar-marker')?.getAttribute('x1')).toBe('25%');
});

test('a chart without any value says so instead of drawing an empty frame', () => {
  render(
    <DayChart
      title="Contribution a day"
      measure="Contribution"
      noteName="Sessions"
      days={[{ date: '2026-11-22', value: null, note: '0 sessions' }]}
      format={String}
      seen={[0]}
      missing="none"
    />,
  );
  expect(screen.getByText('Contribution over 1 day: no data.')).toBeDefined();
  expect(screen.queryByRole('img')).toBeNull();
});
