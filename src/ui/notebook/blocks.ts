import { formatPlace, type Problem } from '../../protocol/problem.js';
import type { DoneBlock, ModelBlock, ResultBlock } from '../../protocol/result.js';
import { describeModel, formatElapsed } from '../../protocol/wording.js';
import { element } from './element.js';
import { renderTable } from './table.js';

/** One block of a cell's output. A kind that a later version made is named, not hidden. */
export function renderBlock(block: ResultBlock): HTMLElement {
  switch (block.kind) {
    case 'table':
      return renderTable(block);
    case 'model':
      return renderModel(block);
    case 'done':
      return renderDone(block);
    case 'problem':
      return renderProblem(block.problem);
    default:
      return element('p', {}, `This version can't show “${(block as { kind: string }).kind}”.`);
  }
}

function renderModel(model: ModelBlock): HTMLElement {
  const heading = element(
    'p',
    { class: 'heading' },
    element('span', { class: `badge ${model.action === 'built' ? 'built' : 'current'}` }, model.action),
    element('strong', {}, model.model),
  );
  const facts = element(
    'ul',
    { class: 'facts' },
    ...describeModel(model).map((fact) => element('li', {}, fact)),
  );
  const label = `${model.model} ${model.action}`;
  return element(
    'section',
    { class: 'model', 'aria-label': label },
    heading,
    facts,
    ...model.warnings.map(renderProblem),
  );
}

function renderDone(block: DoneBlock): HTMLElement {
  return element('p', { class: 'done' }, `${block.statement} · ${formatElapsed(block.elapsedMs)}`);
}

function renderProblem(problem: Problem): HTMLElement {
  const place = problem.place === undefined ? '' : formatPlace(problem.place);
  const lines: HTMLElement[] = [element('p', { class: 'message' }, problem.message)];
  if (problem.cause !== undefined) lines.push(element('pre', { class: 'cause' }, problem.cause));
  if (problem.hint !== undefined) lines.push(element('p', { class: 'hint' }, problem.hint));
  const origin = [problem.code, place].filter(Boolean).join(' · ');
  return element(
    'section',
    { class: `problem ${problem.severity}`, 'aria-label': problem.severity },
    ...lines,
    element('p', { class: 'origin' }, origin),
  );
}
