// W4: one of 50 models edited, 15 affected, against a bare script that builds all 50 again.
import { requireSameTables } from './support/compare.mjs';
import { interleaved, ratatouille } from './support/measure.mjs';
import { editFirstSilver, manyModelsProject } from './support/projects.mjs';
import { rawOf } from './support/raw.mjs';

export const rows = [
  {
    id: 'W4',
    what: 'one of 50 models edited, 15 affected; raw builds all 50',
    goal: { text: '< 0.8 s', wallMs: 800 },
    async run({ repetitions }) {
      const project = await manyModelsProject({ models: 50, affected: 15, rows: 100_000, days: 30 });
      await ratatouille('run', '--project', project);
      let edition = 0;
      let raw;
      const taken = await interleaved(repetitions, {
        async ours() {
          edition += 1;
          editFirstSilver(project, edition);
          const measured = await ratatouille('run', '--project', project);
          if (!/ 15 built, 35 skipped/.test(measured.stdout)) throw new Error(measured.stdout);
          return measured;
        },
        raw() {
          raw = rawOf(project);
          return raw.run();
        },
      });
      await requireSameTables(project, raw.files);
      return taken;
    },
  },
];
