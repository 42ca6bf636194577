import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';

/** What the files of a template can ask for, as `{{name}}`. */
export interface TemplateValues {
  /** What people call the project. */
  readonly name: string;
  /** Of this package: names the image of the container. */
  readonly version: string;
}

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

/**
 * Copies a template's files and writes values where they say `{{name}}`, `{{slug}}` and `{{version}}`; the slug is
 * the name as Docker Compose allows it.
 */
export async function copyTemplate(source: string, target: string, values: TemplateValues): Promise<void> {
  for (const path of await filesBelow(source)) {
    const text = await readFile(join(source, path), 'utf8');
    const file = join(target, nameInProject(path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      text.replaceAll(placeholder, (_, key: string) => valueFor(key, path, values)),
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

const placeholder = /\{\{(name|slug|version)\}\}/g;

function valueFor(key: string, path: string, { name, version }: TemplateValues): string {
  if (key === 'version') return version;
  return key === 'slug' ? slugOf(name) : encodedFor(path, name);
}

/** `My shop, 2026` → `my-shop-2026`. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'project' : slug;
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
