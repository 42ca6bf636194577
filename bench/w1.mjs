// W1: the cold pipeline of the guided project, CSV → bronze → silver → gold, against a bare script.
import { requireSameTables } from './support/compare.mjs';
import { interleaved, ratatouille, spread } from './support/measure.mjs';
import { forgetLake, guidedProject } from './support/projects.mjs';
import { rawOf } from './support/raw.mjs';

const memory = { name: '2GB', megabytes: 2000 };
const memoryMargin = 300;

/** What the three dropping checks of silver.sales keep: a rule that gives NULL keeps the row. */
const kept =
  'product_id IS NOT NULL AND (quantity <> 0) IS NOT FALSE AND (quantity BETWEEN -1000 AND 1000) IS NOT FALSE';

export const rows = [
  pipeline({ id: 'W1a', rows: 100_000, days: 30, goal: { text: '≤ 1.2 s', wallMs: 1200 } }),
  pipeline({ id: 'W1b', rows: 1_000_000, days: 30, goal: { text: '≤ 1.15× raw', ratio: 1.15 } }),
  pipeline({
    id: 'W1b-checks',
    what: 'as W1b, with its 19 checks; raw drops by WHERE',
    rows: 1_000_000,
    days: 30,
    checks: true,
    goal: { text: 'none' },
  }),
  pipeline({ id: 'W1b-one', what: 'as W1b, one file', rows: 1_000_000, days: 1, goal: { text: 'none' } }),
  pipeline({ id: 'W1c-30', rows: 10_000_000, days: 30, deep: true, goal: deepGoal() }),
  pipeline({ id: 'W1c-one', rows: 10_000_000, days: 1, deep: true, goal: deepGoal() }),
];

function deepGoal() {
  return {
    text: `≤ 1.10× raw; ≤ ${memory.name} + ${memoryMargin} MB`,
    ratio: 1.1,
    rssMB: memory.megabytes + memoryMargin,
  };
}

function pipeline({ id, what, rows, days, deep = false, checks = false, goal }) {
  const files = days === 1 ? 'one file' : `${days} files`;
  return {
    id,
    what: what ?? `cold pipeline, ${rows.toLocaleString('en')} rows, ${files}`,
    deep,
    goal,
    async run({ repetitions }) {
      const settings = deep ? { memory: memory.name } : {};
      const project = await guidedProject({ rows, days, checks, settings });
      const raw = rawOf(project, checks ? { where: { 'silver.sales': kept } } : {});
      const taken = await interleaved(deep ? 2 : repetitions, {
        async ours() {
          forgetLake(project);
          return ratatouille('run', '--project', project);
        },
        raw: () => raw.run(),
      });
      await requireSameTables(project, raw.files);
      const notes = deep ? [`raw peaks at ${spread(taken.raw, 'rssMB').max.toFixed(0)} MB`] : [];
      return { ...taken, notes };
    },
  };
}
