import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, found from the compiled test. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Imported specifiers; files of the checkout as paths like `path`, packages as written. */
  readonly imports: readonly string[];
}

/** Every TypeScript file below a folder of the checkout. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(repository, path), 'utf8');
      return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
    });
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;

function importsOf(path: string, text: string): readonly string[] {
  return [...text.matchAll(importPattern)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((specifier) =>
      specifier.startsWith('.')
        ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
        : specifier,
    );
}
