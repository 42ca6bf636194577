import * as vscode from 'vscode';
import { currentProject } from '../workspace/currentProject.js';

/** How long the disk has to be quiet before it is read again: a run writes hundreds of files. */
const quietMs = 250;

/** Tells when something that the trees show may have changed: files, notebooks, the project itself, trust. */
export class ProjectWatch implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #fixed: readonly vscode.Disposable[];
  #watchers: readonly vscode.Disposable[] = [];
  #watched: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#fixed = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#follow()),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#follow()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.tell()),
    ];
    this.#follow();
  }

  /** Tells at once. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#changed.fire();
  }

  /** Tells once that nothing more has come for a moment. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(), quietMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of [...this.#fixed, ...this.#watchers, this.#changed]) each.dispose();
  }

  /** Watches the project that is current now. */
  async #follow(): Promise<void> {
    const root = currentProject();
    if (root === this.#watched) return;
    this.#watched = root;
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
    this.tell();
    if (root === undefined) {
      this.#watchers = this.#watch('**/ratatouille.json', () => this.#follow());
      return;
    }
    const { watchedFolders } = await import('./readProject.js');
    if (root !== this.#watched) return;
    const patterns = [
      new vscode.RelativePattern(root, 'ratatouille.json'),
      new vscode.RelativePattern(root, '**/*.ratnb'),
      ...watchedFolders(root).map((folder) => new vscode.RelativePattern(folder, '**')),
    ];
    this.#watchers = patterns.flatMap((pattern) => this.#watch(pattern, () => this.soon()));
  }

  #watch(pattern: vscode.GlobPattern, listener: () => void): readonly vscode.Disposable[] {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return [
      watcher,
      watcher.onDidChange(listener),
      watcher.onDidCreate(listener),
      watcher.onDidDelete(listener),
    ];
  }
}
