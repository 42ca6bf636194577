import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openProject } from '../../src/app/openProject.js';
import type { OpenOptions, Project } from '../../src/app/project.js';

const ownFolder = process.cwd();

/** A project in a temporary folder, removed at the end of the test that made it. */
export interface TemporaryProject {
  readonly root: string;
  /** Writes a file, its path relative to the project. */
  write(path: string, text: string | Uint8Array): void;
  /** Writes `notebooks/<name>.ratnb` from the text of its code cells. */
  notebook(name: string, ...cells: readonly string[]): void;
  /** Opens it, does the work in its folder, as the terminal and the kernel do, and closes it. */
  use<T>(work: (project: Project) => Promise<T>, options?: Partial<OpenOptions>): Promise<T>;
  remove(): void;
}

/** Makes an empty project, or a copy of a folder. */
export function temporaryProject(copyOf?: string): TemporaryProject {
  const root = mkdtempSync(join(tmpdir(), 'ratatouille-project-'));
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  if (copyOf === undefined) write('ratatouille.json', '{ "name": "test" }\n');
  else cpSync(copyOf, root, { recursive: true });
  return {
    root,
    write,
    notebook: (name, ...cells) => write(`notebooks/${name}.ratnb`, notebookText(cells)),
    use: async (work, options = {}) => {
      const project = await openProject({ directory: root, ...options });
      const before = process.cwd();
      process.chdir(root);
      try {
        return await work(project);
      } finally {
        process.chdir(before);
        await project.close();
      }
    },
    remove: () => {
      // A test that ran out of time can leave the process in here.
      process.chdir(ownFolder);
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A notebook of code cells, as its file says it. */
export function notebookText(cells: readonly string[]): string {
  return ['-- ---', '-- ratatouille: 1', '-- ---', ...cells.map((cell) => `\n-- %%\n${cell}`), ''].join('\n');
}
