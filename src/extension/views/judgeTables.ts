import picomatch from 'picomatch';
import type { Manifest, TableEntry, VersionInput } from '../../lake/manifest.js';
import type { DefinedModel } from '../../language/catalog.js';
import { editOf, type Renaming } from '../../language/cellStatus.js';
import { type Layer, layers } from '../../protocol/layer.js';
import { unknownOrphan, whyOrphansAreUnknown } from '../../protocol/orphans.js';
import type { Problem } from '../../protocol/problem.js';
import type { LandingFileStatus } from '../../protocol/status.js';
import type { DataColumn, DataTable } from './projectData.js';
import { findRenamings } from './renamings.js';

/** What is known of a project without its engine. */
export interface ProjectFacts {
  readonly manifest: Manifest;
  readonly models: readonly DefinedModel[];
  /** What may hide models, as a notebook that can't be read. */
  readonly problems: readonly Problem[];
  readonly landing: readonly LandingFileStatus[];
  /** The plain file or folder of a stored table, relative to the project. */
  readonly plainPath: (entry: TableEntry) => string;
}

type Judgement = Pick<DataTable, 'state' | 'reason' | 'renaming'>;

/**
 * How each table stands, in the order of the layers and of the names. It is told from the manifest, the
 * notebooks' text and the files' sizes: a plan, which looks deeper, may still find a reason to build.
 */
export function judgeTables(facts: ProjectFacts): readonly DataTable[] {
  const modelled = byKey(facts.models);
  const judge = new Judge(facts, modelled);
  const keys = new Set([...modelled.keys(), ...Object.keys(facts.manifest.tables)]);
  return [...keys]
    .flatMap((key) => {
      const model = modelled.get(key);
      const entry = facts.manifest.tables[key];
      const judgement = judge.judgementOf(key);
      if (entry === undefined) return model === undefined ? [] : [neverBuilt(model, judgement)];
      return [published(entry, model, judgement, facts.plainPath)];
    })
    .sort(byLayerThenName);
}

/** Judges each table once, its inputs first. */
class Judge {
  readonly #judged = new Map<string, Judgement>();
  readonly #renamings: ReadonlyMap<string, Renaming>;
  /** Why it is unknown what no notebook builds; undefined where it is known. */
  readonly #unknown: string | undefined;

  constructor(
    private readonly facts: ProjectFacts,
    private readonly models: ReadonlyMap<string, DefinedModel>,
  ) {
    this.#unknown = whyOrphansAreUnknown(facts.problems);
    this.#renamings = this.#unknown === undefined ? findRenamings(facts.manifest, models) : new Map();
  }

  judgementOf(key: string): Judgement {
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const entry = this.facts.manifest.tables[key];
    const model = this.models.get(key);
    // Tables that read each other in a circle must not be judged for ever; the run itself refuses them.
    this.#judged.set(key, { state: 'fresh', reason: '' });
    const judgement = this.#judge(key, entry, model);
    this.#judged.set(key, judgement);
    return judgement;
  }

  #judge(key: string, entry: TableEntry | undefined, model: DefinedModel | undefined): Judgement {
    if (entry === undefined) return this.#neverBuilt(this.#renamings.get(key));
    if (model === undefined) return this.#leftOver(this.#renamings.get(key));
    const { inputs, run } = entry.version;
    const edit = editOf(model, entry);
    if (edit !== undefined) return { state: 'stale', reason: edit };
    const change = inputs.map((input) => this.#changeOf(input)).find((found) => found !== undefined);
    if (change !== undefined) return { state: 'stale', reason: change };
    return { state: 'fresh', reason: `up to date since run ${run}` };
  }

  #neverBuilt(renaming: Renaming | undefined): Judgement {
    const state = 'never built';
    if (renaming === undefined) return { state, reason: 'run its cell to build it' };
    return {
      state,
      reason: `${renaming.from} was built by the same SELECT and may be its old name`,
      renaming,
    };
  }

  #leftOver(renaming: Renaming | undefined): Judgement {
    if (this.#unknown !== undefined) return { state: 'unknown', reason: unknownOrphan(this.#unknown) };
    const state = 'orphaned';
    if (renaming === undefined) return { state, reason: 'no notebook builds it any more' };
    return { state, reason: `${renaming.to} has its SELECT and may be its new name`, renaming };
  }

  #changeOf(input: VersionInput): string | undefined {
    switch (input.kind) {
      case 'landing':
        return landingChange(input, this.facts.landing);
      case 'table': {
        const current = this.facts.manifest.tables[input.name.toLowerCase()];
        if (current === undefined) return `${input.name} is gone`;
        const { version, run } = current.version;
        if (run > input.run) return `${input.name} was built again`;
        // An earlier one was restored.
        if (version !== input.version || run !== input.run) return `${input.name} is another version now`;
        const { state } = this.judgementOf(input.name.toLowerCase());
        return state === 'stale' ? `${input.name} has to be built again first` : undefined;
      }
      case 'file':
        return undefined;
    }
  }
}

function landingChange(
  { pattern, files }: Extract<VersionInput, { kind: 'landing' }>,
  landing: readonly LandingFileStatus[],
): string | undefined {
  const present = new Map(landing.map((file) => [file.path, file.bytes]));
  const read = new Set(files.map(({ path }) => path));
  const matches = picomatch(pattern, { dot: true });
  const added = landing.find(({ path }) => matches(path) && !read.has(path));
  if (added !== undefined) return `${added.path} is new`;
  const changed = files.find(({ path, bytes }) => present.get(path) !== bytes);
  if (changed === undefined) return undefined;
  return present.has(changed.path) ? `${changed.path} was changed` : `${changed.path} is gone`;
}

function neverBuilt(model: DefinedModel, judgement: Judgement): DataTable {
  const { name, layer, form, notebook, description } = model;
  const [, table] = namesOf(name);
  const described = description === undefined ? {} : { description };
  return { name, layer, table, form, notebook, ...judgement, columns: [], hasEarlier: false, ...described };
}

function published(
  entry: TableEntry,
  model: DefinedModel | undefined,
  judgement: Judgement,
  plainPath: ProjectFacts['plainPath'],
): DataTable {
  const { name, form, version, earlier } = entry;
  const [layer, table] = namesOf(name);
  const description = model?.description ?? entry.description;
  return {
    name,
    layer: layer.toLowerCase() as Layer,
    table,
    form,
    ...judgement,
    ...(description === undefined ? {} : { description }),
    ...(form === 'table' ? { rows: version.rows, path: plainPath(entry) } : {}),
    run: version.run,
    hasEarlier: earlier.length > 0,
    columns: columnsOf(entry),
    notebook: model?.notebook ?? entry.notebook,
  };
}

function columnsOf({ version, columnDescriptions }: TableEntry): readonly DataColumn[] {
  return version.columns.map(({ name, type }) => {
    const description = columnDescriptions[name];
    return { name, type, ...(description === undefined ? {} : { description }) };
  });
}

/** A model's name is shown as its cell spells it, even one that no run would take. */
function namesOf(name: string): readonly [layer: string, table: string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** Of two models of one table the first counts. */
function byKey(models: readonly DefinedModel[]): ReadonlyMap<string, DefinedModel> {
  return new Map(models.toReversed().map((model) => [model.key, model]));
}

function byLayerThenName(one: DataTable, other: DataTable): number {
  return layers.indexOf(one.layer) - layers.indexOf(other.layer) || (one.name < other.name ? -1 : 1);
}
