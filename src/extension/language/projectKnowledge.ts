import path from 'node:path';
import * as vscode from 'vscode';
import { type Catalog, type DefinedModel, emptyCatalog, makeCatalog } from '../../language/catalog.js';
import { definedModels } from '../../language/definedModels.js';
import { findProjectRoot } from '../../project/root.js';
import type { Logger } from '../../protocol/logger.js';
import { openNotebooks } from './cells.js';
import type { DiskKnowledge, TableStanding } from './readKnowledge.js';

/** What is known of the project that a notebook belongs to, with its cells as they are on the screen. */
export interface ProjectKnowledge {
  readonly catalog: Catalog;
  /** The notebook that was asked for, relative to the project; undefined outside of any project. */
  readonly notebook: string | undefined;
  /** Absent outside of any project. */
  readonly root?: string;
  /** How each table stands, by key. */
  readonly standings: ReadonlyMap<string, TableStanding>;
}

type KnownProject = Omit<ProjectKnowledge, 'notebook'>;

const nothing: ProjectKnowledge = { catalog: emptyCatalog, notebook: undefined, standings: new Map() };

/** How long typing has to rest before what depends on it is looked at again. */
export const restMs = 300;

/**
 * Knows the projects of the open notebooks. The disk is read when it is first asked for, and again after a
 * change; the notebooks on the screen stand over their files.
 */
export class ProjectKnowledgeBase implements vscode.Disposable {
  readonly #onDisk = new Map<string, Promise<DiskKnowledge | undefined>>();
  /** What is known of a project, by its root, until the disk or the screen changes. */
  readonly #known = new Map<string, Promise<KnownProject | undefined>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  /** Fires when the disk changed, and when typing in a notebook rests. */
  readonly onDidChange = this.#changed.event;

  constructor(
    disk: { readonly onDidChange: vscode.Event<void> },
    private readonly logger: Logger,
  ) {
    this.#listeners = [
      disk.onDidChange(() => {
        this.#onDisk.clear();
        this.#known.clear();
        this.#changed.fire();
      }),
      vscode.workspace.onDidChangeTextDocument(() => this.#known.clear()),
      vscode.workspace.onDidChangeNotebookDocument(() => this.#soon()),
      vscode.workspace.onDidOpenNotebookDocument(() => this.#soon()),
      vscode.workspace.onDidCloseNotebookDocument(() => this.#soon()),
    ];
  }

  /** What is known for the cells of a notebook. Never throws: a project that can't be read is logged and empty. */
  async of(notebook: vscode.NotebookDocument): Promise<ProjectKnowledge> {
    const { scheme, fsPath } = notebook.uri;
    const root = scheme === 'file' ? findProjectRoot(path.dirname(fsPath)) : undefined;
    if (root === undefined) return nothing;
    const known = this.#known.get(root) ?? this.#combine(root);
    this.#known.set(root, known);
    const project = await known;
    return project === undefined ? nothing : { ...project, notebook: relativePath(root, fsPath) };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of [...this.#listeners, this.#changed]) each.dispose();
  }

  async #combine(root: string): Promise<KnownProject | undefined> {
    const disk = await this.#diskOf(root);
    return disk === undefined ? undefined : combine(root, disk);
  }

  #diskOf(root: string): Promise<DiskKnowledge | undefined> {
    const known = this.#onDisk.get(root) ?? this.#read(root);
    this.#onDisk.set(root, known);
    return known;
  }

  async #read(root: string): Promise<DiskKnowledge | undefined> {
    try {
      const { readKnowledge } = await import('./readKnowledge.js');
      return await readKnowledge(root, this.logger);
    } catch (error) {
      this.logger.warn(`Completion and hover know nothing of ${root}: ${error}`);
      return undefined;
    }
  }

  #soon(): void {
    this.#known.clear();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), restMs);
  }
}

function combine(root: string, disk: DiskKnowledge): KnownProject {
  const models = modelsOnScreen(root, disk.saved);
  return {
    root,
    catalog: makeCatalog(disk.published, models, disk.landing, disk.unknown),
    standings: disk.judge(models),
  };
}

/** A notebook that is no part of the pipeline is not among the saved ones, whatever is on the screen. */
function modelsOnScreen(root: string, saved: DiskKnowledge['saved']): readonly DefinedModel[] {
  const current = new Map(saved);
  for (const notebook of openNotebooks()) {
    const file = relativePath(root, notebook.uri.fsPath);
    if (saved.has(file) && isPipeline(notebook)) {
      current.set(file, definedModels({ path: file, cells: notebook.getCells().map(written) }));
    }
  }
  return [...current.values()].flat();
}

function isPipeline({ metadata }: vscode.NotebookDocument): boolean {
  return metadata.header?.pipeline !== false;
}

function written({ kind, document }: vscode.NotebookCell) {
  return {
    kind: kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    text: document.getText(),
  } as const;
}

function relativePath(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
