/** What XML 1.0 allows (§2.2); everything else can't even be written as a reference, so it is left out. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // As themselves they would become spaces in an attribute, and a carriage return a line feed anywhere.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as the content of an element or a value of an attribute. Characters that XML can't hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(forbidden, '')
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => references[character] ?? '');
}

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An element on lines of its own.
 * @param content elements, or one escaped text without a line break around it; absent: none.
 */
export function xmlElement(
  name: string,
  attributes: XmlAttributes,
  content: string | readonly string[] = [],
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`],
  );
  const start = `<${name}${written.join('')}`;
  if (typeof content === 'string') return `${start}>${content}</${name}>`;
  if (content.length === 0) return `${start}/>`;
  return [`${start}>`, ...content, `</${name}>`].join('\n');
}
