// W14: looking into a large CSV file, against one strict read of it: `landing()` counting all its values.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cli, interleaved, ratatouille } from './support/measure.mjs';
import { forgetCaches, guidedProject } from './support/projects.mjs';

const goal = { text: '< 2× one strict read; first findings < 1 s', ratio: 2, firstMs: 1000 };

export const rows = [
  inspection({ id: 'W14', what: 'X-ray of a file of 100 MB', rows: 1_300_000 }),
  inspection({ id: 'W14-deep', what: 'X-ray of a file of 1 GB', rows: 13_000_000, deep: true }),
];

function inspection({ id, what, rows, deep = false }) {
  return {
    id,
    what: `${what}; raw is one strict read of ours`,
    deep,
    goal,
    async run({ repetitions }) {
      const project = await guidedProject({ rows, days: 1 });
      const folder = join(project, 'data/landing/pos_sales');
      const file = join(folder, readdirSync(folder)[0]);
      const count = "SELECT count(COLUMNS(*)) FROM landing('pos_sales/*.csv')";
      const taken = await interleaved(deep ? 2 : repetitions, {
        ours: () => ratatouille('inspect', file, '--json', '--project', project),
        raw() {
          // A file that was read before is not gone through a second time beside the engine.
          forgetCaches(project);
          return ratatouille('query', count, '--json', '--project', project);
        },
        first: () => untilFirstWord(['inspect', file, '--project', project]),
      });
      requireSameCounts(taken.ours[0].stdout, taken.raw[0].stdout);
      const first = Math.min(...taken.first.map(({ wallMs }) => wallMs));
      return {
        ours: taken.ours,
        raw: taken.raw,
        firstMs: first,
        notes: [`first findings after ${(first / 1000).toFixed(2)} s`],
      };
    },
  };
}

/** How long a command takes to say anything. */
async function untilFirstWord(argv) {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  const wallMs = await new Promise((resolve) =>
    child.stderr.once('data', () => resolve(performance.now() - started)),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  return { wallMs };
}

/** The values that are not NULL, column by column. */
function requireSameCounts(inspected, counted) {
  const { columns } = JSON.parse(inspected);
  const [counts] = JSON.parse(counted);
  for (const { name, fits, misfits } of columns) {
    if (Number(counts[name]) !== fits + misfits)
      throw new Error(`${name} has ${counts[name]} values, the X-ray found ${fits + misfits}.`);
  }
}
