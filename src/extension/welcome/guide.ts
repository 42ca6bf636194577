import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { guideNotebook } from './guidePaths.js';

/** The guide of a project; undefined when it was removed. */
export function findGuide(root: string): vscode.Uri | undefined {
  const file = path.join(root, guideNotebook);
  return existsSync(file) ? vscode.Uri.file(file) : undefined;
}
