/**
 * A text as one word of a shell: bare where that is safe, else quoted, so that what is printed can be copied.
 * On Windows in the double quotes that its shells have in common.
 */
export function shellWord(text: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return /^[\p{L}\p{N}_./\\:-]+$/u.test(text) ? text : `"${text}"`;
  if (/^[\p{L}\p{N}_./:-]+$/u.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
