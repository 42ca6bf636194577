import { type Cell, emptyNotebook, type Notebook, type NotebookHeader } from '../../notebook/notebook.js';
import { cellLanguage } from './identifiers.js';

/**
 * A notebook in the editor's shape, without its classes. What the file says beyond texts travels in the
 * metadata, so that saving an unchanged notebook changes no byte.
 */
export interface EditorNotebook {
  readonly metadata: { readonly header?: NotebookHeader };
  readonly cells: readonly EditorCell[];
}

export interface EditorCell {
  readonly kind: Cell['kind'];
  readonly text: string;
  readonly language: string;
  readonly metadata: Partial<Pick<Cell, 'title' | 'metadata'>>;
}

export function toEditorNotebook(notebook: Notebook): EditorNotebook {
  return { metadata: { header: notebook.header }, cells: notebook.cells.map(toEditorCell) };
}

function toEditorCell({ kind, text, title, metadata }: Cell): EditorCell {
  return {
    kind,
    text,
    language: kind === 'markdown' ? 'markdown' : cellLanguage,
    metadata: {
      ...(title !== undefined && { title }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    },
  };
}

/** The notebook to print; one that was not read from a file gets the header of a new one. */
export function fromEditorNotebook(editor: EditorNotebook): Notebook {
  const cells = editor.cells.map(fromEditorCell);
  return editor.metadata.header === undefined
    ? emptyNotebook(cells)
    : { header: editor.metadata.header, cells };
}

function fromEditorCell({ kind, text, metadata }: EditorCell): Cell {
  return {
    kind,
    text,
    ...(metadata.title !== undefined && { title: metadata.title }),
    metadata: metadata.metadata ?? {},
  };
}
