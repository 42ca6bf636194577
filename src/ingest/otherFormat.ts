import type { SampleFault } from './dialect.js';

const formats = [
  { begins: /^\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s>])/i, what: 'is a web page or XML' },
  { begins: /^\s*(?:\[\s*)?\{\s*"/, what: 'is JSON' },
];

/** A text of another kind that could pass for a table of one column: what a failed download leaves, as a rule. */
export function otherFormat(text: string): SampleFault | undefined {
  const found = formats.find(({ begins }) => begins.test(text));
  return found && { what: found.what, line: 1, hint: 'Get it again as CSV.' };
}
