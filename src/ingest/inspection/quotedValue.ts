/** Writes a quoted value without its escapes; returns its length. */
export function writeUnescaped(raw: Buffer, target: Buffer, quote: number, escapes: number): number {
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const next = raw[at + 1];
    if (raw[at] === escapes && (next === quote || next === escapes)) at += 1;
    target[length] = raw[at] as number;
    length += 1;
  }
  return length;
}
