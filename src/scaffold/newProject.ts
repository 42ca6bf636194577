import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namingTheDirectory } from './fileFault.js';
import { move } from './move.js';
import { projectName } from './projectName.js';
import { truthFileName, truthFileOf } from './sampleData/landingSet.js';
import { fillFolder } from './targetFolder.js';
import { copyFiles, copyTemplate, templateDirectory } from './template.js';

export interface NewProjectOptions {
  /** The project's folder: missing or empty. */
  readonly directory: string;
  /** Where this package keeps `templates/` and `sample-data/`. */
  readonly packageDirectory: string;
  /** Absent: `pos-sales`. */
  readonly template?: string;
  /** What people call the project. Absent: the name of its folder. */
  readonly name?: string;
  /** Whether `data/landing` gets the sample files. */
  readonly sampleData: boolean;
}

const dataFolders = ['landing', 'bronze', 'silver', 'gold'];

/**
 * Makes a project from a template. It is there whole or not at all.
 *
 * Throws a ProblemError: `scaffold.not-empty` for a folder with anything in it, which is not touched;
 * `scaffold.name` and `scaffold.template` for a bad name or an unknown template; `scaffold.write` when the file
 * system refuses.
 */
export async function createProject(options: NewProjectOptions): Promise<void> {
  const { directory, packageDirectory } = options;
  const name = projectName(options.name, directory);
  const template = await templateDirectory(
    join(packageDirectory, 'templates'),
    options.template ?? 'pos-sales',
  );
  await namingTheDirectory(directory, () =>
    fillFolder(directory, async (folder) => {
      await copyTemplate(template, folder, { name, version: await readVersion(packageDirectory) });
      for (const layer of dataFolders) await mkdir(join(folder, 'data', layer), { recursive: true });
      if (!options.sampleData) return;
      await copySampleData(join(packageDirectory, 'sample-data'), join(folder, 'data', 'landing'));
    }),
  );
}

/** A set as `generate` leaves it in landing, which takes it for its own and may replace it. */
async function copySampleData(source: string, landing: string): Promise<void> {
  await copyFiles(source, landing);
  await move(join(landing, truthFileName), truthFileOf(landing));
}

async function readVersion(packageDirectory: string): Promise<string> {
  const text = await readFile(join(packageDirectory, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
