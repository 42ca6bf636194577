import { openProject } from '../../src/app/openProject.js';

/** Runs a project and says how it ended and whether the engine's library was loaded for it. */
const [directory = ''] = process.argv.slice(2);
const project = await openProject({ directory });
const record = await project.run({ select: [], fullRefresh: false, wait: true });
await project.status();
await project.close();
const { sharedObjects } = process.report.getReport() as unknown as {
  readonly sharedObjects: readonly string[];
};
const statuses = record.models.map(({ status }) => status);
process.stdout.write(
  JSON.stringify({ statuses, engine: sharedObjects.some((path) => path.includes('duckdb')) }),
);
