import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { ContractStore } from '../ingest/contractStore.js';
import { DriftFinder } from '../ingest/drift/driftFinder.js';
import type { PipelineContext } from '../pipeline/context.js';
import { openSession } from '../pipeline/openSession.js';
import type { AcceptDriftRequest, ChangedContract, DriftReport } from '../protocol/drift.js';
import { ProblemError, problem } from '../protocol/problem.js';

/** How the files of a pattern differ from its contract. Throws as {@link DriftFinder.find} does, and EngineError. */
export function findDrift(
  context: PipelineContext,
  pattern: string,
  signal?: AbortSignal,
): Promise<DriftReport> {
  return withFinder(context, signal, (finder) => finder.find(pattern));
}

/** Changes the contract of a pattern. Throws as {@link DriftFinder.accept} does, and EngineError. */
export function acceptDrift(
  context: PipelineContext,
  request: AcceptDriftRequest,
  { signal, confirm }: AcceptOptions = {},
): Promise<ChangedContract | undefined> {
  return withFinder(context, signal, (finder) => finder.accept(request, confirm));
}

export interface AcceptOptions {
  readonly signal?: AbortSignal;
  /** Asked once it is certain that the files fit; nothing is written unless it says yes. */
  readonly confirm?: (changed: ChangedContract) => Promise<boolean>;
}

/**
 * The pattern that a person means: its text, or a file that its contract reads, below `directory` or the landing
 * folder. Throws a ProblemError `landing.contract` where no contract is meant.
 */
export async function patternMeant(
  { root, lake }: Pick<PipelineContext, 'root' | 'lake'>,
  target: string,
  directory: string,
): Promise<string> {
  const contracts = new ContractStore(join(root, 'contracts'));
  if (contracts.findFor(target, []) !== undefined) return target;
  const { landing } = lake.layout;
  const real = await realpath(landing).catch(() => landing);
  for (const file of [resolve(directory, target), resolve(root, target), resolve(landing, target)]) {
    const found = await realpath(file).catch(() => file);
    const path = relative(real, found).split(sep).join('/');
    const [contract] = contracts.reading(path);
    if (contract !== undefined) return contract.contract.files;
  }
  throw new ProblemError(
    problem('landing.contract', `${target} is neither the pattern of a contract nor a file that one reads.`, {
      hint: 'Give the pattern of a landing(), as "sales/*.csv", or a file in data/landing that it reads.',
    }),
  );
}

async function withFinder<T>(
  context: PipelineContext,
  signal: AbortSignal | undefined,
  work: (finder: DriftFinder) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'ratatouille-drift-'));
  const session = await openSession(context);
  try {
    const { root, lake } = context;
    const { landing: landingDirectory } = lake.layout;
    const contractsDirectory = join(root, 'contracts');
    return await work(new DriftFinder({ landingDirectory, contractsDirectory, session, directory, signal }));
  } finally {
    await session.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
