import type { Json } from '../protocol/json.js';

/** A notebook as its file says it, without outputs. */
export interface Notebook {
  readonly header: NotebookHeader;
  readonly cells: readonly Cell[];
}

export interface NotebookHeader {
  /**
   * The front matter's lines as written, markers included, joined by `\n` and without a last line break; kept
   * so that printing changes nothing.
   */
  readonly raw: string;
  /** Version of the file format. */
  readonly format: 1;
  /** False where the front matter says `pipeline: false`: its cells build no tables of the lake. */
  readonly pipeline: boolean;
  readonly lineEnding: '\n' | '\r\n';
  readonly byteOrderMark: boolean;
}

export interface Cell {
  readonly kind: 'code' | 'markdown';
  /** Never ends in a line break. Markdown without its comment prefix. Line breaks are `\n`. */
  readonly text: string;
  /** The text after `%%` that is neither the kind nor metadata; never empty. */
  readonly title?: string;
  /**
   * `key=value` pairs of the marker line, as `chart={"mark": "bar"}`. Keys are letters, digits and `_ . -`,
   * a letter or `_` first. A text under `title` is the title.
   */
  readonly metadata: Readonly<Record<string, Json>>;
}

/** A new notebook of the current format with these cells. */
export function emptyNotebook(cells: readonly Cell[] = []): Notebook {
  return {
    header: {
      raw: '-- ---\n-- ratatouille: 1\n-- ---',
      format: 1,
      pipeline: true,
      lineEnding: '\n',
      byteOrderMark: false,
    },
    cells,
  };
}
