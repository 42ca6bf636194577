import { placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { LandingInspection } from '../ingest/landing.js';
import { missedByCase } from '../ingest/landingWarnings.js';
import { allowedRejects, describeLimit } from '../ingest/maxRejects.js';
import type { Manifest, VersionInput } from '../lake/manifest.js';
import { type Place, type Problem, ProblemError } from '../protocol/problem.js';
import { formatQuantity } from '../protocol/wording.js';
import type { PipelineContext } from './context.js';
import { recordCount, rejectedOf } from './reconcile.js';

/** One input as it is now. A file of landing that was never read has no hash yet. */
export type InputState =
  | Exclude<VersionInput, { kind: 'landing' }>
  | {
      readonly kind: 'landing';
      readonly pattern: string;
      readonly files: readonly { readonly path: string; readonly sha256?: string }[];
    };

/** What a model would read now. */
export interface InputStates {
  readonly inputs: readonly InputState[];
  /** Hashes of the contracts of its landing patterns. */
  readonly contracts: readonly string[];
  /** Why the contracts no longer allow what the published version rejected, in words; absent where they do. */
  readonly refused?: string;
  /** What keeps its files from being read. */
  readonly problems: readonly Problem[];
  /** Files that nobody reads although somebody may think so. */
  readonly warnings: readonly Problem[];
}

/**
 * Looks at everything a model reads, without the engine: versions in the manifest, landing files and
 * other files by their stamp, or by their content where the stamp moved. A view counts with what it reads.
 * Throws a ProblemError `sql.cancelled` when the signal is aborted.
 */
export async function inputStates(
  context: PipelineContext,
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<InputStates> {
  const current = manifest.tables[node.model.key];
  const known = current !== undefined;
  const inputs: InputState[] = [];
  const contracts: string[] = [];
  let refused: string | undefined;
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const part of [node, ...viewsBelow(node, nodes)]) {
    inputs.push(...tableInputs(part, manifest));
    for (const { pattern, position, span } of part.inputs.landing) {
      if (pattern === undefined) continue;
      try {
        const landing = await context.landing.inspect(pattern, { hash: known, signal });
        inputs.push({ kind: 'landing', pattern, files: landing.files });
        contracts.push(landing.contract?.hash ?? '');
        refused ??= refusedNow(landing, current?.version.inputs ?? []);
        warnings.push(...missedFiles(landing, nodes, placeAt(position, span)));
      } catch (error) {
        if (signal.aborted || !(error instanceof ProblemError)) throw error;
        problems.push({ ...error.problem, place: error.problem.place ?? placeAt(position, span) });
      }
    }
    for (const path of part.inputs.outsideFiles) {
      inputs.push(...(await context.outsideFiles.inputs(path, { signal })));
    }
  }
  return { inputs, contracts, problems, warnings, ...(refused !== undefined && { refused }) };
}

/** A limit may be lowered below what was rejected under it; raising it changes nothing that is published. */
function refusedNow({ pattern, contract }: LandingInspection, inputs: readonly VersionInput[]) {
  const read = inputs.find((input) => input.kind === 'landing' && input.pattern === pattern);
  if (contract === undefined || read?.kind !== 'landing') return undefined;
  const records = recordCount(read);
  const rejected = rejectedOf(read);
  if (rejected <= allowedRejects(contract.maxRejects, records)) return undefined;
  return `${contract.path} ${describeLimit(contract.maxRejects, records)}, and ${formatQuantity(rejected, 'record')} did not fit`;
}

/** The views that a model reads, directly or through other views, each once. */
export function viewsBelow(node: GraphNode, nodes: ReadonlyMap<string, GraphNode>): readonly GraphNode[] {
  const found = new Set<GraphNode>();
  const visit = (from: GraphNode): void => {
    for (const key of from.upstream) {
      const upstream = nodes.get(key);
      if (upstream === undefined || upstream.model.form !== 'view' || found.has(upstream)) continue;
      found.add(upstream);
      visit(upstream);
    }
  };
  visit(node);
  return [...found];
}

/** The models whose rows decide what a model's rows are: those it reads, and those its views read. */
export function rowSources(node: GraphNode, nodes: ReadonlyMap<string, GraphNode>): readonly string[] {
  return [...node.upstream, ...viewsBelow(node, nodes).flatMap(({ upstream }) => upstream)];
}

/** All models' patterns are looked at only where a file may be missed: that is seldom, and models are many. */
function missedFiles(
  { pattern, inOtherCase }: LandingInspection,
  nodes: ReadonlyMap<string, GraphNode>,
  place: Place,
): readonly Problem[] {
  if (inOtherCase.length === 0) return [];
  const others = [...nodes.values()].flatMap(patternsOf).filter((other) => other !== pattern);
  return missedByCase(pattern, inOtherCase, others, place);
}

function patternsOf({ inputs }: GraphNode): readonly string[] {
  return inputs.landing.flatMap(({ pattern }) => pattern ?? []);
}

function tableInputs({ inputs }: GraphNode, manifest: Manifest): readonly VersionInput[] {
  return inputs.tables.flatMap(({ key }) => {
    const entry = manifest.tables[key];
    if (entry === undefined) return [];
    const { version, run } = entry.version;
    return [{ kind: 'table', name: entry.name, version, run } as const];
  });
}
