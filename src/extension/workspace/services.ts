import type * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import type { PreviewPanel } from '../preview/previewPanel.js';
import type { ProjectWatch } from '../views/projectWatch.js';
import type { Progress } from '../welcome/progress.js';
import type { ProjectKernels } from './projectKernels.js';

/** What the commands share. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: Logger;
  readonly kernels: ProjectKernels;
  readonly preview: PreviewPanel;
  readonly watch: ProjectWatch;
  readonly progress: Progress;
}
