import * as vscode from 'vscode';

/**
 * Opens a file at a line, from 1, without covering the page that led there: where the file is open already, else
 * beside the page.
 */
export async function openLine(
  file: vscode.Uri,
  line: number,
  page: vscode.ViewColumn | undefined,
): Promise<void> {
  const start = new vscode.Position(line - 1, 0);
  // Whatever its size: no document is made of it here.
  await vscode.commands.executeCommand('vscode.open', file, {
    selection: new vscode.Range(start, start),
    viewColumn: columnOf(file, page) ?? vscode.ViewColumn.Beside,
  } satisfies vscode.TextDocumentShowOptions);
}

function columnOf(file: vscode.Uri, page: vscode.ViewColumn | undefined): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(
    ({ viewColumn, tabs }) =>
      viewColumn !== page &&
      tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === file.fsPath),
  )?.viewColumn;
}
