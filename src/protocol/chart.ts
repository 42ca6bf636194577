/** How the rows of a cell are drawn: what `chart={…}` on its marker line says. */

export const chartMarks = ['bar', 'line', 'area', 'point', 'pie'] as const;
export type ChartMark = (typeof chartMarks)[number];

export const chartAggregates = ['sum', 'mean', 'median', 'min', 'max', 'count'] as const;
export type ChartAggregate = (typeof chartAggregates)[number];

/** `x` is from the smallest or the first in the alphabet, `-x` the other way round; `none` is as the rows come. */
export const chartSorts = ['x', '-x', 'y', '-y', 'none'] as const;
export type ChartSort = (typeof chartSorts)[number];

/** Settings whose columns exist: the result's columns are named as they are spelt there. */
export interface ChartSettings {
  readonly mark: ChartMark;
  /** A column: the horizontal axis; the slices of a pie. */
  readonly x: string;
  /** A column: the vertical axis; the size of a slice. */
  readonly y: string;
  /** A column whose values are told apart by colour. */
  readonly color?: string;
  /** How rows that share a place are taken together. */
  readonly aggregate?: ChartAggregate;
  readonly title?: string;
  /** Default `none`. */
  readonly sort?: ChartSort;
}
