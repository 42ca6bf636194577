import type { Fingerprint, TableEntry } from '../lake/manifest.js';
import type { InputState } from './inputStates.js';

/** Why a model is built, skipped or judged again, in words a person can act on. */
export interface Decision {
  readonly action: 'build' | 'skip' | 'judge';
  readonly reason: string;
  /** The orphan that this table may be under its old name. */
  readonly renames?: string;
  /** The rows are up to date, but what a check says of them changes by itself. */
  readonly judges?: true;
}

export interface DecisionInput {
  /** What is published; undefined for a table that was never built. */
  readonly current: TableEntry | undefined;
  /** An orphan that was made by the same SELECT: perhaps this table under its old name. */
  readonly renaming?: { readonly from: string; readonly to: string } | undefined;
  /** Why the published version can't be trusted on disk, as `a file of version 3 is missing`. */
  readonly damage?: string | undefined;
  readonly form: 'table' | 'view';
  readonly fingerprint: Fingerprint;
  readonly inputs: readonly InputState[];
  /** Why its contracts no longer allow what was rejected. */
  readonly refused?: string | undefined;
  /** Upstream models that are built first, by name, so that the input's version is not known yet. */
  readonly rebuiltUpstream: readonly string[];
  readonly volatile: readonly string[];
  /** What makes its checks be judged although nothing changed. */
  readonly volatileChecks: readonly string[];
  readonly fullRefresh: boolean;
}

/** Decides on one model. Pure: a plan and a run give the same answer for the same facts. */
export function decide(input: DecisionInput): Decision {
  const { current, fingerprint } = input;
  if (current === undefined) return firstBuild(input.renaming);
  if (current.form !== input.form) return build(`it was a ${current.form} before`);
  if (input.damage !== undefined) return build(input.damage);
  if (input.fullRefresh) return build('full refresh');
  const [volatile] = input.volatile;
  if (volatile !== undefined && input.form === 'table')
    return build(`it uses ${volatile}, which changes by itself`);
  const before = current.version.fingerprint;
  if (before.sql !== fingerprint.sql) return build('its SQL changed');
  if (before.session !== fingerprint.session) return build('a session statement it uses changed');
  if (before.contracts !== fingerprint.contracts) return build('the contract of its files changed');
  if (input.refused !== undefined) return build(input.refused);
  if (before.engine !== fingerprint.engine) return build(`the engine changed: ${fingerprint.engine}`);
  const [rebuilt] = input.rebuiltUpstream;
  if (rebuilt !== undefined && input.form === 'table') return build(`${rebuilt} is rebuilt`);
  if (before.inputs !== fingerprint.inputs && input.form === 'table') {
    return build(inputChange(current.version.inputs, input.inputs));
  }
  if (before.checks !== fingerprint.checks) return { action: 'judge', reason: 'its checks changed' };
  const unchanged = `unchanged since run ${current.version.run}`;
  const [changing] = input.volatileChecks;
  if (changing === undefined) return { action: 'skip', reason: unchanged };
  return { action: 'skip', reason: `${unchanged}; each run judges its check of ${changing}`, judges: true };
}

function firstBuild(renaming: DecisionInput['renaming']): Decision {
  if (renaming === undefined) return build('it was never built');
  const { from, to } = renaming;
  const reason = `it was never built; ${from}, which no notebook builds any more, has the same SELECT: \`ratatouille rename ${from} ${to}\` takes its versions along`;
  return { ...build(reason), renames: from };
}

function build(reason: string): Decision {
  return { action: 'build', reason };
}

/** Names the first difference between what a version was made from and what is there now. */
export function inputChange(before: readonly InputState[], now: readonly InputState[]): string {
  for (const input of now) {
    const earlier = before.find((each) => inputName(each) === inputName(input));
    if (earlier === undefined) return `it reads ${inputName(input)} now`;
    const change = changeOf(earlier, input);
    if (change !== undefined) return change;
  }
  const gone = before.find((each) => !now.some((input) => inputName(input) === inputName(each)));
  return gone === undefined ? 'its inputs changed' : `it no longer reads ${inputName(gone)}`;
}

function changeOf(before: InputState, now: InputState): string | undefined {
  if (before.kind === 'table' && now.kind === 'table') {
    if (before.version !== now.version)
      return `${now.name} has version ${now.version} now, it was built from ${before.version}`;
    return before.run === now.run ? undefined : `${now.name} was made anew in run ${now.run}`;
  }
  if (before.kind === 'file' && now.kind === 'file') {
    return before.sha256 === now.sha256 ? undefined : `${now.path} changed`;
  }
  if (before.kind === 'landing' && now.kind === 'landing') return landingChange(before, now);
  return `${inputName(now)} changed`;
}

type LandingFiles = Extract<InputState, { kind: 'landing' }>;

function landingChange(before: LandingFiles, now: LandingFiles): string | undefined {
  const known = new Map(before.files.map((file) => [file.path, file.sha256]));
  const added = now.files.filter((file) => !known.has(file.path));
  const changed = now.files.filter((file) => known.has(file.path) && known.get(file.path) !== file.sha256);
  const there = new Set(now.files.map((file) => file.path));
  const removed = before.files.filter((file) => !there.has(file.path));
  const parts = [count(added, 'new'), count(changed, 'changed'), count(removed, 'removed')].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? undefined : `${parts.join(', ')} in ${now.pattern}`;
}

function count(files: readonly { readonly path: string }[], what: string): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  return files.length === 1 ? `${first.path} is ${what}` : `${files.length} files are ${what}`;
}

function inputName(input: InputState): string {
  switch (input.kind) {
    case 'table':
      return input.name;
    case 'landing':
      return `landing('${input.pattern}')`;
    case 'file':
      return input.path;
  }
}
