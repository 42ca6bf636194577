import type { DoneBlock, ResultBlock } from '../../protocol/result.js';
import { formatElapsed } from '../../protocol/wording.js';
import type { OutputContext } from './actions.js';
import { renderChart } from './chart.js';
import { element } from './element.js';
import { joinFacts } from './joinFacts.js';
import { renderModel } from './model.js';
import { renderProblem } from './problem.js';
import { renderTable } from './table.js';

/** The blocks of a cell's output, in order. A chart takes in the table that follows it. */
export function renderBlocks(blocks: readonly ResultBlock[], context: OutputContext): HTMLElement {
  const drawn = blocks.flatMap((block, index) => {
    const [before, after] = [blocks[index - 1], blocks[index + 1]];
    if (block.kind === 'table' && before?.kind === 'chart') return [];
    return [renderBlock(block, after, context)];
  });
  return element('div', { class: 'blocks' }, ...drawn);
}

/** One block. A kind that a later version made is named, not hidden. */
function renderBlock(
  block: ResultBlock,
  after: ResultBlock | undefined,
  context: OutputContext,
): HTMLElement {
  switch (block.kind) {
    case 'table':
      return renderTable(block);
    case 'chart':
      return renderChart(block, after?.kind === 'table' ? after : undefined, context);
    case 'model':
      return renderModel(block, context);
    case 'done':
      return renderDone(block);
    case 'problem':
      return renderProblem(block.problem, context.actions);
    default:
      return element('p', {}, `This version can't show “${(block as { kind: string }).kind}”.`);
  }
}

function renderDone(block: DoneBlock): HTMLElement {
  return element('p', { class: 'done' }, joinFacts(block.statement, formatElapsed(block.elapsedMs)));
}
