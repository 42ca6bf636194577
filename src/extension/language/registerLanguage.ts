import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { notebookType } from '../notebook/identifiers.js';
import type { ProjectWatch } from '../views/projectWatch.js';
import { CellCommands, type UpstreamRunner } from './cellCommands.js';
import { sqlCells } from './cells.js';
import { CompletionProvider, triggerCharacters } from './completionProvider.js';
import { HoverProvider } from './hoverProvider.js';
import { ModelStatusBar } from './modelStatusBar.js';
import { ProjectKnowledgeBase } from './projectKnowledge.js';
import { QuickFixProvider } from './quickFixProvider.js';
import { TypingMarks } from './typingMarks.js';

/** What the language features need of the rest of the extension. */
export interface LanguageSurroundings {
  readonly runner: UpstreamRunner;
  readonly watch: ProjectWatch;
  readonly logger: Logger;
}

/** Completion, hover, quick fixes, marks while typing and the facts below a model's cell. */
export function registerLanguage({ runner, watch, logger }: LanguageSurroundings): vscode.Disposable {
  const knowledge = new ProjectKnowledgeBase(watch, logger);
  const commands = new CellCommands(runner);
  return vscode.Disposable.from(
    knowledge,
    commands,
    new TypingMarks(),
    vscode.languages.registerCompletionItemProvider(
      sqlCells,
      new CompletionProvider(knowledge),
      ...triggerCharacters,
    ),
    vscode.languages.registerHoverProvider(sqlCells, new HoverProvider(knowledge)),
    vscode.languages.registerCodeActionsProvider(sqlCells, new QuickFixProvider(knowledge, commands), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.notebooks.registerNotebookCellStatusBarItemProvider(
      notebookType,
      new ModelStatusBar(knowledge, commands),
    ),
  );
}
