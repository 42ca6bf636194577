import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { shellWord } from '../../../../src/cli/print/shellWord.js';

describe('a word of a shell', () => {
  for (const [text, platform, word] of [
    ['my-shop', 'linux', 'my-shop'],
    ['läden/süd', 'linux', 'läden/süd'],
    ['my shop', 'linux', '"my shop"'],
    ["it's $HOME", 'linux', `'it'\\''s $HOME'`],
    ['a\\b', 'linux', `'a\\b'`],
    ['C:\\shop', 'win32', 'C:\\shop'],
    ['C:\\my shop', 'win32', '"C:\\my shop"'],
  ] as const) {
    it(`writes ${text} as ${word} on ${platform}`, () => assert.equal(shellWord(text, platform), word));
  }

  it('comes out of a shell as it went in', function () {
    if (process.platform === 'win32') this.skip();
    const texts = fc.sample(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), 200);
    const script = texts.map((text) => `printf '%s\\n' ${shellWord(text, 'linux')}`).join('\n');
    assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), `${texts.join('\n')}\n`);
  });
});
