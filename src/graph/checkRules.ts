import { checkFunctions } from '../notebook/checkFunctions.js';
import type { Check } from '../notebook/checks.js';
import { type Problem, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { lakeKey } from '../sql/names.js';
import { type Model, placeAt, type SessionStatement } from './model.js';

interface Judged {
  readonly model: Model;
  /** The session statements that it and its checks use. */
  readonly session: readonly SessionStatement[];
}

/** What is wrong with a model's checks that their texts alone don't show. */
export function checkProblems({ model, session }: Judged): readonly Problem[] {
  return model.checks.flatMap((check) => [
    ...droppedOwnReference(model, check),
    ...misspeltFunction(model, check, session),
  ]);
}

function droppedOwnReference(model: Model, check: Check): Problem[] {
  if (check.kind !== 'references' || check.action !== 'drop' || lakeKey(check.table) !== model.key) return [];
  const message = `${check.text} can only warn or fail: each row that is dropped could be what another one refers to.`;
  return [
    problem('notebook.declaration', message, {
      hint: 'Write | warn or | fail, or leave such rows out in the model.',
      place: placeAt(model.position, check.span),
    }),
  ];
}

/** No function of the engine is named nearly like a check function, so only a macro can be meant by it. */
function misspeltFunction(model: Model, check: Check, session: readonly SessionStatement[]): Problem[] {
  if (check.kind !== 'row' || check.call === undefined) return [];
  const { name, span } = check.call;
  const meant = suggest(name, Object.keys(checkFunctions));
  const isMacro = session.some((statement) => statement.kind === 'macro' && statement.name === name);
  if (meant === undefined || isMacro) return [];
  return [
    problem('notebook.declaration', `There is no check function ${name}.`, {
      hint: `Did you mean ${meant}(…)?`,
      place: placeAt(model.position, span),
      fix: { kind: 'replace', texts: [meant] },
    }),
  ];
}
