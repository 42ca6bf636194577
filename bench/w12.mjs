// W12: the generator of sample data; its memory must not grow with the rows.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { interleaved, ratatouille, spread } from './support/measure.mjs';
import { folder } from './support/projects.mjs';

const rowsPerSecond = 300_000;

export const rows = [generator('W12', 1_000_000, false), generator('W12-deep', 10_000_000, true)];

function generator(id, count, deep) {
  return {
    id,
    what: `sample data, ${count.toLocaleString('en')} rows`,
    deep,
    goal: { text: `≥ ${rowsPerSecond.toLocaleString('en')} rows/s`, wallMs: (count / rowsPerSecond) * 1000 },
    async run({ repetitions }) {
      const output = join(folder('sample'), 'landing');
      const taken = await interleaved(deep ? 1 : repetitions, {
        async ours() {
          rmSync(output, { recursive: true, force: true });
          return ratatouille('generate', '--output', output, '--rows', String(count));
        },
      });
      rmSync(output, { recursive: true, force: true });
      const { min } = spread(taken.ours, 'wallMs');
      return { ...taken, notes: [`${Math.round((count / min) * 1000).toLocaleString('en')} rows/s`] };
    },
  };
}
