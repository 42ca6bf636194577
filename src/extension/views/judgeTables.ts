import picomatch from 'picomatch';
import type { Manifest, TableEntry, VersionInput } from '../../lake/manifest.js';
import { type Layer, layers } from '../../protocol/layer.js';
import type { LandingFileStatus } from '../../protocol/status.js';
import type { NotebookModel } from './notebookModels.js';
import type { DataColumn, DataTable } from './projectData.js';

/** What is known of a project without its engine. */
export interface ProjectFacts {
  readonly manifest: Manifest;
  readonly models: readonly NotebookModel[];
  readonly landing: readonly LandingFileStatus[];
  /** The plain file or folder of a stored table, relative to the project. */
  readonly plainPath: (entry: TableEntry) => string;
}

type Judgement = Pick<DataTable, 'state' | 'reason'>;

/**
 * How each table stands, in the order of the layers and of the names. It is told from the manifest, the
 * notebooks' text and the files' sizes: a plan, which looks deeper, may still find a reason to build.
 */
export function judgeTables(facts: ProjectFacts): readonly DataTable[] {
  const judge = new Judge(facts);
  const modelled = new Map(facts.models.map((model) => [model.name.toLowerCase(), model]));
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
  readonly #models: ReadonlyMap<string, NotebookModel>;

  constructor(private readonly facts: ProjectFacts) {
    this.#models = new Map(facts.models.map((model) => [model.name.toLowerCase(), model]));
  }

  judgementOf(key: string): Judgement {
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const entry = this.facts.manifest.tables[key];
    const model = this.#models.get(key);
    // Tables that read each other in a circle must not be judged for ever; the run itself refuses them.
    this.#judged.set(key, { state: 'fresh', reason: '' });
    const judgement = this.#judge(entry, model);
    this.#judged.set(key, judgement);
    return judgement;
  }

  #judge(entry: TableEntry | undefined, model: NotebookModel | undefined): Judgement {
    if (entry === undefined) return { state: 'never built', reason: 'run its cell to build it' };
    if (model === undefined) return { state: 'orphaned', reason: 'no notebook builds it any more' };
    const { sql, inputs, run } = entry.version;
    if (normalised(sql) !== normalised(model.select)) {
      return { state: 'stale', reason: `its SQL was edited since run ${run}` };
    }
    const change = inputs.map((input) => this.#changeOf(input)).find((found) => found !== undefined);
    if (change !== undefined) return { state: 'stale', reason: change };
    return { state: 'fresh', reason: `up to date since run ${run}` };
  }

  #changeOf(input: VersionInput): string | undefined {
    switch (input.kind) {
      case 'landing':
        return landingChange(input, this.facts.landing);
      case 'table': {
        const current = this.facts.manifest.tables[input.name.toLowerCase()];
        if (current === undefined) return `${input.name} is gone`;
        const { version, run } = current.version;
        if (version !== input.version || run !== input.run) return `${input.name} was built again`;
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

function neverBuilt(model: NotebookModel, judgement: Judgement): DataTable {
  const { name, layer, table, form, notebook, description } = model;
  const described = description === undefined ? {} : { description };
  return { name, layer, table, form, notebook, ...judgement, columns: [], ...described };
}

function published(
  entry: TableEntry,
  model: NotebookModel | undefined,
  judgement: Judgement,
  plainPath: ProjectFacts['plainPath'],
): DataTable {
  const { name, form, version } = entry;
  const [layer, table] = name.split('.') as [string, string];
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

/** Comments and blanks aside, which change no result. */
function normalised(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function byLayerThenName(one: DataTable, other: DataTable): number {
  return layers.indexOf(one.layer) - layers.indexOf(other.layer) || (one.name < other.name ? -1 : 1);
}
