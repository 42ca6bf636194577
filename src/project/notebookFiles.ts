import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import picomatch from 'picomatch';

/**
 * The notebooks that are the pipeline: paths relative to `root` with forward slashes, in code unit order,
 * so that every machine sees them in the same one. Hidden folders and `node_modules` are left out.
 */
export function listNotebookFiles(root: string, pattern: string): readonly string[] {
  const { base, glob } = picomatch.scan(pattern);
  const start = glob === '' ? posix.dirname(base) : base;
  const matches = picomatch(pattern);
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readDirectory(join(root, folder))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (path.endsWith('.ratnb') && matches(path)) found.push(path);
    }
  };
  visit(start === '.' ? '' : start);
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function readDirectory(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
