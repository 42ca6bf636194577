import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';

const namePlaceholder = '{{name}}';

/** The templates in a folder, by name, in order. */
export async function listTemplates(templatesDirectory: string): Promise<readonly string[]> {
  const entries = await readdir(templatesDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The folder of a template; throws a ProblemError `scaffold.template` when there is none of that name. */
export async function templateDirectory(templatesDirectory: string, template: string): Promise<string> {
  const known = await listTemplates(templatesDirectory);
  if (known.includes(template)) return join(templatesDirectory, template);
  throw new ProblemError(
    problem('scaffold.template', `There is no template "${template}".`, {
      hint: `The templates are: ${known.join(', ')}.`,
    }),
  );
}

/** Copies a template's files and writes the project's name where they say `{{name}}`. */
export async function copyTemplate(source: string, target: string, name: string): Promise<void> {
  for (const path of await filesBelow(source)) {
    const text = await readFile(join(source, path), 'utf8');
    const file = join(target, nameInProject(path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      text.replaceAll(namePlaceholder, () => encodedFor(path, name)),
    );
  }
}

/** Copies files as they are; their modes are not kept, since a package may be installed read-only. */
export async function copyFiles(source: string, target: string): Promise<void> {
  for (const path of await filesBelow(source)) {
    const file = join(target, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await readFile(join(source, path)));
  }
}

async function filesBelow(folder: string, prefix = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
  return (await Promise.all(nested)).flat();
}

/** A `.gitignore` in the package would hide the template's own files from packing tools. */
function nameInProject(path: string): string {
  return path === 'gitignore' ? '.gitignore' : path;
}

function encodedFor(path: string, name: string): string {
  switch (extname(path)) {
    case '.json':
      return JSON.stringify(name).slice(1, -1);
    case '.md':
      return name.replace(/[\\`*[\]<>&~#]|(?<!\w)_|_(?!\w)/g, '\\$&');
    default:
      return name;
  }
}
