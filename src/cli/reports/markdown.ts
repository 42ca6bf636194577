/** Characters that Markdown, its tables or GitHub's links and mentions would read as more than themselves. */
const special = /[&<>|\\`*~[\]#@$]|:(?=[/\w])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** In code GitHub looks for no names, numbers of issues and emoji. */
const specialInCode = /[&<>|\\`*~[\]$]|:(?=\/)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const control = /\p{Cc}/gu;

/** A text on one line that is shown as it is: no markup, no mention of a person, no link to an issue. */
export function plainMarkdown(text: string): string {
  return (
    onOneLine(text)
      .replaceAll(special, (character) => `&#${character.charCodeAt(0)};`)
      // GitHub looks for names in the text as it is shown, but not across a comment.
      .replaceAll('&#64;', '&#64;<!-- -->')
  );
}

/** A text in the look of code, in which GitHub links nothing. */
export function codeMarkdown(text: string): string {
  return `<code>${onOneLine(text).replaceAll(specialInCode, asReference)}</code>`;
}

/** A table; its cells are Markdown. */
export function tableMarkdown(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join('\n');
}

export interface MarkdownColumn {
  readonly title: string;
  readonly align?: 'right';
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll(control, '');
}

function asReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
