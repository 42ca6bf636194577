import { type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { isMarker } from './marker.js';

export interface FrontMatter {
  /** Number of the file's lines that it takes, both `---` included. */
  readonly lines: number;
  readonly pipeline: boolean;
  /** What is wrong in it although the notebook can be read. */
  readonly problems: readonly Problem[];
}

export type FrontMatterOutcome =
  | { readonly ok: true; readonly frontMatter: FrontMatter }
  | { readonly ok: false; readonly problem: Problem };

const bound = /^-- ?---\s*$/;
const property = /^-- ?([A-Za-z][\w-]*)\s*:\s*(.*?)\s*$/;
// `jupyter` is the block that Jupytext writes for itself.
const knownKeys = ['ratatouille', 'pipeline', 'jupyter'];

/** Reads the `-- ---` block at the top of a file. */
export function parseFrontMatter(lines: readonly string[]): FrontMatterOutcome {
  if (!bound.test(lines[0] ?? '')) {
    return unreadable('The file does not begin with a front matter.', 1, firstLines);
  }
  const end = lines.findIndex((line, at) => at > 0 && bound.test(line));
  const outside = lines.findIndex((line, at) => at > 0 && (!line.startsWith('--') || isMarker(line)));
  if (end === -1 || (outside !== -1 && outside < end)) {
    return unreadable(
      'The front matter has no end.',
      outside === -1 ? 1 : outside + 1,
      'Close it by a line `-- ---`.',
    );
  }
  const properties = readProperties(lines.slice(1, end));
  return checkVersion(properties) ?? { ok: true, frontMatter: checkProperties(properties, end + 1) };
}

const firstLines = 'The first three lines of a notebook are `-- ---`, `-- ratatouille: 1` and `-- ---`.';

interface Property {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** The lines `key: value` that are not indented: what is indented belongs to the key above. */
function readProperties(lines: readonly string[]): readonly Property[] {
  return lines.flatMap((line, at) => {
    const [, key, value] = property.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value: unquote(value), line: at + 2 }];
  });
}

function unquote(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}

function checkVersion(properties: readonly Property[]): FrontMatterOutcome | undefined {
  const version = properties.find(({ key }) => key === 'ratatouille');
  if (version === undefined)
    return unreadable('The front matter has no `ratatouille` version.', 1, firstLines);
  if (version.value === '1') return undefined;
  return unreadable(
    `The file has the format version ${version.value}; this Ratatouille reads version 1.`,
    version.line,
    'Update Ratatouille, or write `-- ratatouille: 1` if the version is a mistake.',
  );
}

function checkProperties(properties: readonly Property[], lines: number): FrontMatter {
  const problems: Problem[] = [];
  let pipeline = true;
  const seen = new Set<string>();
  for (const { key, value, line } of properties) {
    const place = { line, column: 1 };
    if (!knownKeys.includes(key)) {
      const meant = suggest(key, knownKeys);
      const hint = meant === undefined ? `Known are ${knownKeys.join(', ')}.` : `Did you mean ${meant}?`;
      problems.push(problem('notebook.declaration', `The front matter has no key ${key}.`, { hint, place }));
    }
    if (seen.has(key)) {
      problems.push(problem('notebook.declaration', `The front matter gives ${key} twice.`, { place }));
    }
    seen.add(key);
    if (key !== 'pipeline') continue;
    if (value === 'false') pipeline = false;
    else if (value !== 'true') {
      const hint = 'Write `pipeline: false` for a notebook that builds no tables.';
      problems.push(
        problem('notebook.declaration', `pipeline is true or false, not ${value}.`, { hint, place }),
      );
    }
  }
  return { lines, pipeline, problems };
}

function unreadable(message: string, line: number, hint: string): FrontMatterOutcome {
  return {
    ok: false,
    problem: problem('notebook.unreadable', message, { hint, place: { line, column: 1 } }),
  };
}
