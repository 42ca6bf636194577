/** A name or path that may wrap after each of its words, and is still copied as it is. */
export function breakable(text: string): readonly (Node | string)[] {
  return text
    .split(/(?<=[_./])(?=.)/)
    .flatMap((word, index) => (index === 0 ? [word] : [document.createElement('wbr'), word]));
}
