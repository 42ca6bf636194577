import assert from 'node:assert/strict';
import { escapeMarkdown, markdownTable } from '../../../src/language/markdown.js';

describe('a person’s words as Markdown', () => {
  const cases: Readonly<Record<string, string>> = {
    '![x](http://y)': String.raw`\!\[x\](http://y)`,
    'a &lt; b': String.raw`a \&lt; b`,
    '<b>_x_</b> `y` **z** ~u~ #1': String.raw`\<b\>\_x\_\</b\> \`y\` \*\*z\*\* \~u\~ \#1`,
    '1 | 2\r\n  3\n\n4': String.raw`1 \| 2 3 4`,
    'C:\\till': String.raw`C:\\till`,
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(JSON.stringify(text), () => assert.equal(escapeMarkdown(text), expected));
  }

  it('make a table whose cells are Markdown already', () => {
    assert.equal(markdownTable(['a', ''], [['`x`', '1']]), '| a |  |\n| --- | --- |\n| `x` | 1 |');
  });
});
