import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ProblemError } from '../../protocol/problem.js';
import { commandIds } from '../identifiers.js';
import { expectProject, welcome } from '../welcome/welcome.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { folderName } from './folderName.js';

/** *New Project*: name, template and place, then the folder opens at the guide. */
export function registerNewProject(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.newProject, () =>
    telling(services.log, () => newProject(services)),
  );
}

async function newProject(services: Services): Promise<void> {
  const name = await askName();
  if (name === undefined) return;
  const templates = path.join(services.context.extensionPath, 'templates');
  const template = await askTemplate(templates);
  if (template === undefined) return;
  const parent = await askParent(name);
  if (parent === undefined) return;
  const root = path.join(parent.fsPath, folderName(name));
  const { createProject } = await import('../../scaffold/newProject.js');
  const packageDirectory = services.context.extensionPath;
  await createProject({ directory: root, packageDirectory, template, name, sampleData: true });
  await expectProject(services.context, root);
  await open(services, root);
}

/** Opening the folder that is open already reloads nothing. */
async function open(services: Services, root: string): Promise<void> {
  const uri = vscode.Uri.file(root);
  if (vscode.workspace.workspaceFolders?.[0]?.uri.fsPath === uri.fsPath) await welcome(services);
  else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceReuseWindow: true });
}

async function askName(): Promise<string | undefined> {
  const { projectName } = await import('../../scaffold/projectName.js');
  return vscode.window.showInputBox({
    title: 'New Project (1 of 2): name',
    prompt: 'What is the project called? Its folder gets the same name.',
    value: 'my-project',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        projectName(text, text);
        return folderName(text) === '' ? 'Use at least one letter or digit.' : undefined;
      } catch (error) {
        if (error instanceof ProblemError) return error.message;
        throw error;
      }
    },
  });
}

/** Nobody is asked to choose among one. */
async function askTemplate(templates: string): Promise<string | undefined> {
  const { listTemplates } = await import('../../scaffold/template.js');
  const names = await listTemplates(templates);
  if (names.length <= 1) return names[0];
  return vscode.window.showQuickPick(names, {
    title: 'New Project: template',
    placeHolder: 'What does it begin with?',
    ignoreFocusOut: true,
  });
}

async function askParent(name: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: `New Project (2 of 2): where does the folder “${folderName(name)}” go?`,
    openLabel: 'Create Here',
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(homedir()),
  });
  return chosen?.[0];
}
