/** What a terminal shows after these bytes: it knows the few sequences that log-update writes. */
export function terminalScreen(bytes: string): readonly string[] {
  const lines: string[] = [''];
  let at = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is read
  for (const [piece, count, command] of bytes.matchAll(/\u001b\[[?]?(\d*)([A-Za-z])|\n|[^\u001b\n]+/g)) {
    if (command === 'A') at -= Number(count || 1);
    else if (command === 'K') lines[at] = '';
    else if (command === 'J') lines.length = at + 1;
    else if (command === undefined && piece === '\n') {
      at += 1;
      lines[at] ??= '';
    } else if (command === undefined) lines[at] += piece;
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}
