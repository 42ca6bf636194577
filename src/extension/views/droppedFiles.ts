import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * The files of a drop, as files of the machine where the extension runs. What comes from a browser on another
 * machine has no path here: it is written to a temporary folder, which the system clears.
 */
export async function droppedFiles(transfer: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  const listed = (await transfer.get('text/uri-list')?.asString()) ?? '';
  const named = listed
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line, true))
    .filter(({ scheme }) => scheme === 'file');
  if (named.length > 0) return named;
  const carried = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
  return Promise.all(carried.map(fileHere));
}

async function fileHere(file: vscode.DataTransferFile): Promise<vscode.Uri> {
  if (file.uri?.scheme === 'file') return file.uri;
  const folder = await mkdtemp(path.join(tmpdir(), 'ratatouille-drop-'));
  const target = path.join(folder, path.basename(file.name));
  await writeFile(target, await file.data());
  return vscode.Uri.file(target);
}
