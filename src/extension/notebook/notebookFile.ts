import { readNotebook, writeNotebook } from '../../notebook/bytes.js';
import { formatPlace, ProblemError } from '../../protocol/problem.js';
import { type EditorNotebook, fromEditorNotebook, toEditorNotebook } from './notebookData.js';

/**
 * Reads a file's bytes.
 * Throws a ProblemError whose message says the line for a file that can't be read: were it shown as an
 * empty notebook, the next save would wipe it.
 */
export function readNotebookFile(content: Uint8Array): EditorNotebook {
  const { notebook, problems } = readNotebook(content);
  if (notebook !== undefined) return toEditorNotebook(notebook);
  const [fault] = problems;
  if (fault === undefined) throw new Error('An unreadable notebook came without a problem.');
  throw new ProblemError({ ...fault, message: [formatPlace(fault.place ?? {}), fault.message].join(': ') });
}

/** The bytes of a file; those it was read from when nothing changed. */
export function writeNotebookFile(notebook: EditorNotebook): Uint8Array {
  return writeNotebook(fromEditorNotebook(notebook));
}
