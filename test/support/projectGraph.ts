import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdbVersion } from '../../src/engine/duckdb/version.js';
import type { Engine } from '../../src/engine/engine.js';
import { buildGraph, type Graph } from '../../src/graph/graph.js';
import { Analyst } from '../../src/pipeline/analysis.js';
import type { PipelineContext } from '../../src/pipeline/context.js';
import { NotebookMemory } from '../../src/pipeline/notebookMemory.js';
import { type PipelineSource, readSource } from '../../src/pipeline/source.js';
import type { NotebookOnScreen } from '../../src/protocol/kernel.js';
import type { Problem } from '../../src/protocol/problem.js';
import { sharedEngine } from './sharedEngine.js';
import { notebookText } from './temporaryProject.js';

/** Notebooks by name: the texts of their code cells, or the whole file. */
export type Notebooks = Readonly<Record<string, readonly string[] | string>>;

export interface ProjectGraph {
  readonly source: PipelineSource;
  readonly graph: Graph;
}

/** What notebooks mean: read from real files, by DuckDB's own parser. */
export async function projectGraph(
  notebooks: Notebooks,
  {
    published = [],
    onScreen,
  }: { readonly published?: readonly string[]; readonly onScreen?: NotebookOnScreen } = {},
): Promise<ProjectGraph> {
  const root = mkdtempSync(join(tmpdir(), 'ratatouille-graph-'));
  try {
    mkdirSync(join(root, 'notebooks'));
    for (const [name, cells] of Object.entries(notebooks)) {
      const text = typeof cells === 'string' ? cells : notebookText(cells);
      writeFileSync(join(root, 'notebooks', `${name}.ratnb`), text);
    }
    const analyst = new Analyst((): Promise<Engine> => sharedEngine(), duckdbVersion, undefined);
    // Reading notebooks asks for nothing else of its context.
    const memory = new NotebookMemory(undefined, 'test');
    const context = { root, analyst, notebooks: memory } as unknown as PipelineContext;
    const source = await readSource(context, 'notebooks/**/*.ratnb', onScreen);
    const { models, sessions } = source;
    return {
      source,
      graph: buildGraph(models, { sessions, published: new Set(published), publishedViews: new Set() }),
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A problem in one line: `code cell:line:column message`, the notebook before it where it is not `a`. */
export function problemLine({ code, message, hint, place }: Problem): string {
  const notebook = place?.notebook?.replace(/^notebooks\/|\.ratnb$/g, '');
  const where = `${notebook === 'a' ? '' : `${notebook} `}${place?.cell}:${place?.line}:${place?.column}`;
  return `${code} ${where} ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}
