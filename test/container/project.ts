import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProject } from '../../src/scaffold/newProject.js';
import { repository } from './commands.js';

/** The user number that owns the project and that the container runs as. */
export const person = 1000;

/** A new project that belongs to a person, not to root. The caller removes the folder above it. */
export async function personsProject(name: string): Promise<string> {
  const above = mkdtempSync(path.join(tmpdir(), 'ratatouille-container-'));
  const directory = path.join(above, 'shop');
  await createProject({ directory, packageDirectory: repository, name, sampleData: true });
  if (process.getuid?.() === 0) giveTo(person, above);
  return directory;
}

export function removeProject(directory: string): void {
  rmSync(path.dirname(directory), { recursive: true, force: true });
}

function giveTo(owner: number, folder: string): void {
  chownSync(folder, owner, owner);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) giveTo(owner, file);
    else chownSync(file, owner, owner);
  }
}
