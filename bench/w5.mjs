// W5: the plan of many models; cold is without what earlier runs remembered.
import { interleaved, ratatouille } from './support/measure.mjs';
import { forgetCaches, manyModelsProject } from './support/projects.mjs';

const projects = new Map();

export const rows = [
  plan('W5-100', 100, { text: '< 0.15 s', wallMs: 150 }),
  plan('W5-500', 500, { text: '< 0.4 s', wallMs: 400 }),
  plan('W5-100-cold', 100, { text: 'none' }, forgetCaches),
  plan('W5-500-cold', 500, { text: '< 2.5 s', wallMs: 2500 }, forgetCaches),
];

function plan(id, models, goal, before = () => {}) {
  return {
    id,
    what: `plan of ${models} models, ${before === forgetCaches ? 'cold' : 'warm'}`,
    goal,
    async run({ repetitions }) {
      const project = await builtProject(models);
      await ratatouille('plan', '--project', project);
      return interleaved(repetitions + 2, {
        async ours() {
          before(project);
          const measured = await ratatouille('plan', '--project', project);
          if (!measured.stdout.includes(`${models} up to date`)) throw new Error(measured.stdout);
          return measured;
        },
      });
    },
  };
}

/** Building many models takes longer than planning them: each project is built once. */
async function builtProject(models) {
  if (!projects.has(models)) {
    const project = await manyModelsProject({ models, affected: 15, rows: 1000, days: 7 });
    await ratatouille('run', '--project', project);
    projects.set(models, project);
  }
  return projects.get(models);
}
