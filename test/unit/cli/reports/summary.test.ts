import assert from 'node:assert/strict';
import { formatRunMarkdown } from '../../../../src/cli/reports/summary.js';
import { problem } from '../../../../src/protocol/problem.js';
import { builtModel, succeededRun } from '../fakeProject.js';
import { mixedRun, warnedModel } from './runs.js';

describe('a Markdown report', () => {
  const page = formatRunMarkdown({ record: mixedRun, problems: [] });

  it('begins with how the run ended', () => {
    assert.match(
      page,
      /^## ❌ Run 42 failed\n\n1 up to date, 1 built, 2 failed, in 1\.5 s\. Environment <code>prod<\/code>\.\n/,
    );
  });

  it('tells errors before warnings', () => {
    const marks = [...page.matchAll(/^- (❌|⚠️)/gm)].map(([, mark]) => mark);
    assert.deepEqual(marks, ['❌', '❌', '⚠️']);
  });

  it('has rows, rejects and quarantine of each table', () => {
    assert.match(
      page,
      /\| <code>silver\.sales<\/code> \| built: its SQL changed \| 1,204 \| 12 \| 37 \| 1\.3 s \|/,
    );
  });

  it('names what a skipped table still warns of', () => {
    assert.match(page, /up to date: unchanged since run 41; 2 warnings since run 41/);
  });

  it('has each broken check and where the rows went', () => {
    assert.match(
      page,
      /\| <code>silver\.sales<\/code> \| <code>quantity &#60;&#62; 0<\/code> \| drop \| 37 rows break it \|/,
    );
    assert.match(page, /1,253 in = 1,204 out \+ 37 quarantined \+ 12 rejected/);
  });

  it('shows values as they are and calls nobody', () => {
    assert.match(page, /\| <code>2<\/code> \| <code>@ann &#60;b&#62;<\/code> \|/);
    assert.match(page, /<code>a&#124;b<\/code>/);
  });

  it('mentions nobody in a sentence either', () => {
    const problems = [problem('sql.failed', 'ask @ann #12\n|')];
    assert.match(formatRunMarkdown({ problems }), /ask &#64;<!-- -->ann &#35;12 &#124;\n/);
  });

  it('says that a run did not begin', () => {
    assert.match(
      formatRunMarkdown({ problems: [problem('lake.busy', 'Busy.')] }),
      /^## ❌ The run did not begin\n/,
    );
  });

  it('fits into a comment, and counts what does not', () => {
    const models = Array.from({ length: 300 }, (_, index) => ({ ...warnedModel, model: `gold.t${index}` }));
    const long = formatRunMarkdown({ record: { ...mixedRun, models }, problems: [] });
    assert.ok(long.length < 65_536, `${long.length}`);
    for (const told of [
      'and 200 more tables',
      'and 500 more broken checks',
      'and 250 more',
      / found no room here\.\n$/,
    ])
      assert.ok(typeof told === 'string' ? long.includes(told) : told.test(long), String(told));
  });

  it('leaves out what there is not', () => {
    const page = formatRunMarkdown({ record: { ...succeededRun, models: [builtModel] }, problems: [] });
    assert.doesNotMatch(page, /###|details/);
  });
});
