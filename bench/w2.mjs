// W2: a run with nothing to do, which must not even load the engine.
import { interleaved, ratatouille } from './support/measure.mjs';
import { guidedProject, manyModelsProject } from './support/projects.mjs';

const goal = { text: '< 0.3 s, engine not loaded', wallMs: 300 };

export const rows = [
  nothingToDo('W2', 'nothing to do, guided project', () => guidedProject({ rows: 3500 })),
  nothingToDo('W2-many', 'nothing to do, 50 models and 300 files', () =>
    manyModelsProject({ models: 50, affected: 15, rows: 100_000, days: 300 }),
  ),
];

function nothingToDo(id, what, makeProject) {
  return {
    id,
    what,
    goal,
    async run({ repetitions }) {
      const project = await makeProject();
      await ratatouille('run', '--project', project);
      await settle();
      // The files have just been written: only this run finds them old enough to be trusted.
      await ratatouille('run', '--project', project);
      const taken = await interleaved(repetitions + 2, {
        ours: () => ratatouille('run', '--project', project),
      });
      for (const { stdout, engineLoaded } of taken.ours) {
        if (engineLoaded) throw new Error('The engine was loaded for nothing.');
        if (!/ 0 built, /.test(stdout)) throw new Error(`Something was built: ${stdout}`);
      }
      return { ...taken, notes: ['engine not loaded'] };
    },
  };
}

function settle() {
  return new Promise((resolve) => setTimeout(resolve, 2100));
}
