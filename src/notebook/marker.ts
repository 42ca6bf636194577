import type { Json } from '../protocol/json.js';
import { metadataKey, parseMetadata, printMetadata } from './metadata.js';
import type { Cell } from './notebook.js';

/** What a marker line says of the cell below it. */
export type Marker = Pick<Cell, 'kind' | 'title' | 'metadata'>;

export type MarkerOutcome =
  | { readonly ok: true; readonly marker: Marker }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const markerLine = /^-- ?%%/;
const escapable = /^(-- ?)(\\*%%)/;
const escaped = /^(-- ?)\\(\\*%%)/;

/** Tells whether a line of the file begins a cell. Strings and comments around it do not matter. */
export function isMarker(line: string): boolean {
  return markerLine.test(line);
}

/** A cell's line as it stands in the file: what looks like a marker gets one backslash more. */
export function escapeLine(line: string): string {
  return line.replace(escapable, '$1\\$2');
}

/** A line of the file as it stands in the cell: the opposite of {@link escapeLine}. */
export function unescapeLine(line: string): string {
  return line.replace(escaped, '$1$2');
}

/** Reads a line for which {@link isMarker} is true. */
export function parseMarker(line: string): MarkerOutcome {
  const rest = line.replace(markerLine, '');
  if (rest !== '' && !/^\s/.test(rest)) {
    return refuse(
      'A blank must follow the %% of a cell marker.',
      'Write `-- %% title`; if the line is a part of the cell above, write `-- \\%%`.',
    );
  }
  const { words, metadataText } = cutRest(rest.trim());
  if (words.includes('[raw]')) {
    return refuse('There are no raw cells.', 'Write [markdown], or leave it out for a SQL cell.');
  }
  const metadata = parseMetadata(metadataText);
  if (!metadata.ok)
    return {
      ok: false,
      message: metadata.message,
      hint: 'Write key=value with value as JSON: chart={"mark": "bar"}',
    };
  return { ok: true, marker: assemble(words, metadata.entries) };
}

function refuse(message: string, hint: string): MarkerOutcome {
  return { ok: false, message, hint };
}

/** The words up to the first `key=`, and everything from there on. */
function cutRest(rest: string): { readonly words: readonly string[]; readonly metadataText: string } {
  const start = rest.search(/(?:^|\s)[A-Za-z_][\w.-]*=/);
  const words = (start === -1 ? rest : rest.slice(0, start)).split(/\s+/).filter((word) => word !== '');
  return { words, metadataText: start === -1 ? '' : rest.slice(start) };
}

const markdownKinds: readonly string[] = ['[markdown]', '[md]'];

function assemble(words: readonly string[], entries: ReadonlyMap<string, Json>): Marker {
  const title = words.filter((word) => !markdownKinds.includes(word)).join(' ');
  const named = entries.get('title');
  const fromMetadata = title === '' && typeof named === 'string' && named !== '' ? named : undefined;
  const metadata = new Map(entries);
  if (fromMetadata !== undefined) metadata.delete('title');
  return {
    kind: words.some((word) => markdownKinds.includes(word)) ? 'markdown' : 'code',
    ...(title === '' && fromMetadata === undefined ? {} : { title: fromMetadata ?? title }),
    metadata: Object.fromEntries(metadata),
  };
}

/**
 * Words that Jupytext and this parser read back as the title they were. Any other title is printed as
 * metadata, `title="…"`, which both read as the title too.
 */
const plainTitle = /^(?![%.])[^\s\p{Cc}={}[\]"]+(?: (?!\.)[^\s\p{Cc}={}[\]"]+)*$/u;

/** Writes a cell's marker line. Throws a RangeError for a metadata key that the format can't hold. */
export function printMarker({ kind, title, metadata }: Marker): string {
  for (const key of Object.keys(metadata)) {
    if (!metadataKey.test(key))
      throw new RangeError(`A cell's metadata can't have the key ${JSON.stringify(key)}.`);
  }
  const isPlain = title !== undefined && plainTitle.test(title);
  const entries = Object.entries(metadata);
  if (title !== undefined && title !== '' && !isPlain) entries.unshift(['title', title]);
  const parts = [
    '-- %%',
    isPlain ? title : '',
    kind === 'markdown' ? '[markdown]' : '',
    printMetadata(entries),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
