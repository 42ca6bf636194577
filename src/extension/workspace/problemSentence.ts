import { formatPlace, type Problem } from '../../protocol/problem.js';

/** A problem as one message: what happened, where, what to try. */
export function problemSentence({ message, place, cause, hint }: Problem): string {
  const where = place === undefined ? '' : formatPlace(place);
  return [where === '' ? message : `${message} (${where})`, cause, hint]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
