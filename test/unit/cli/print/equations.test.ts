import assert from 'node:assert/strict';
import { formatModelOutcome } from '../../../../src/cli/print/modelOutcome.js';
import { formatRunSummary } from '../../../../src/cli/print/runSummary.js';
import { plainStyle as style } from '../../../../src/cli/style.js';
import type { RowEquation } from '../../../../src/protocol/quality.js';
import type { ModelOutcome, RunRecord } from '../../../../src/protocol/run.js';

function outcome(equation: RowEquation, model = 'silver.t'): ModelOutcome {
  const { out: rows, quarantined: dropped } = equation;
  const ended = { form: 'table', status: 'built', reason: '', rows, dropped, elapsedMs: 12 } as const;
  return { ...ended, model, equation, problems: [] };
}

describe('the equation of a model, printed', () => {
  const lines: readonly (readonly [RowEquation, string])[] = [
    [
      { in: 1204, out: 1100, quarantined: 37, filtered: 67, holds: true },
      '1,204 in = 1,100 out + 37 quarantined + 67 filtered',
    ],
    [{ in: 3, out: 3, quarantined: 0, filtered: 0, holds: true }, '3 rows'],
    [{ out: 3, quarantined: 1, unknown: 'joins can multiply rows' }, '3 rows  1 row to quarantine'],
  ];
  for (const [equation, expected] of lines) {
    it(expected, () => {
      assert.equal(
        formatModelOutcome(outcome(equation), 8, style).slice(2),
        `silver.t  built  ${expected}  12 ms`,
      );
    });
  }

  it('names the tables whose rows nobody can count', () => {
    const unknown = { out: 1, quarantined: 0, unknown: 'joins can multiply rows' };
    const models = ['a', 'b', 'c', 'd'].map((name) => outcome(unknown, `gold.${name}`));
    const record = {
      run: 1,
      status: 'succeeded',
      models: [outcome({ in: 1, out: 1, quarantined: 0, holds: true }), ...models],
    };
    const [, line] = formatRunSummary(record as unknown as RunRecord, style).split('\n');
    assert.equal(
      line,
      'Rows add up in 1 of 5 tables; not counted: joins can multiply rows (gold.a, gold.b, gold.c, 1 more).',
    );
  });
});
