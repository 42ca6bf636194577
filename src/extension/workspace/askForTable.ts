import * as vscode from 'vscode';

/** Asks for a file of rows; undefined when the person wants none. */
export async function askForTable(title: string, folder: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Look at It',
    filters: { 'Text tables': ['csv', 'tsv', 'txt', 'gz'], 'All files': ['*'] },
    defaultUri: vscode.Uri.file(folder),
  });
  return chosen?.[0];
}
