import { openProject } from '../../src/app/openProject.js';

/** Runs a whole project in a process of its own, to be killed. Arguments: the project's folder. */
const [directory = ''] = process.argv.slice(2);
const project = await openProject({ directory });
const { status, problems, models } = await project.run({ select: [], fullRefresh: false, wait: true });
await project.close();
if (status !== 'succeeded') {
  process.stderr.write(`${JSON.stringify([...problems, ...models.flatMap((model) => model.problems)])}\n`);
  process.exitCode = 1;
}
