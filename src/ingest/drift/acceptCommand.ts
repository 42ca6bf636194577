/** The command that changes the contract of a pattern, as it is typed into any shell. */
export function acceptCommand(pattern: string, options: readonly string[]): string {
  return ['ratatouille', 'accept', ...[pattern, ...options].map(quoted)].join(' ');
}

function quoted(text: string): string {
  if (/^[\w./=-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
