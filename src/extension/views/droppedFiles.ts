import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Works with the files of a drop, as files of the machine where the extension runs. What comes from a browser on
 * another machine has no path here: it is in a temporary folder until the work has ended.
 */
export async function withDroppedFiles(
  transfer: vscode.DataTransfer,
  work: (files: readonly vscode.Uri[]) => Promise<void>,
): Promise<void> {
  const named = await namedFiles(transfer);
  if (named.length > 0) return work(named);
  const carried = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
  const folder = await mkdtemp(path.join(tmpdir(), 'ratatouille-drop-'));
  try {
    await work(await Promise.all(carried.map((file, at) => fileHere(file, path.join(folder, `${at}`)))));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function namedFiles(transfer: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  const listed = (await transfer.get('text/uri-list')?.asString()) ?? '';
  return listed
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line, true))
    .filter(({ scheme }) => scheme === 'file');
}

/** Each file has a folder of its own: two may have one name. */
async function fileHere(file: vscode.DataTransferFile, folder: string): Promise<vscode.Uri> {
  if (file.uri?.scheme === 'file') return file.uri;
  const target = path.join(folder, path.basename(file.name));
  await mkdir(folder);
  await writeFile(target, await file.data());
  return vscode.Uri.file(target);
}
