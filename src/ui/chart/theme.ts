import type { Config } from 'vega-lite';

/** Gives the value of one of the editor's CSS variables, as `--vscode-editor-foreground`; empty where it has none. */
export type ReadVariable = (name: string) => string;

/** The look of a chart in the editor's colours of the moment. */
export function chartTheme(read: ReadVariable): Config {
  const color = (name: string, fallback: string) => read(`--vscode-${name}`).trim() || fallback;
  const text = color('editor-foreground', '#3b3b3b');
  const lines = color('charts-lines', '#8888884d');
  const palette = [
    color('charts-blue', '#1a85ff'),
    color('charts-orange', '#d18616'),
    color('charts-green', '#388a34'),
    color('charts-purple', '#652d90'),
    color('charts-red', '#e51400'),
    color('charts-yellow', '#bf8803'),
  ];
  const label = {
    labelColor: text,
    titleColor: text,
    titleFontWeight: 600,
    titlePadding: 8,
    labelFontSize: 12,
    titleFontSize: 12,
  } as const;
  const [first = text] = palette;
  return {
    background: 'transparent',
    font: read('--vscode-font-family').trim() || 'sans-serif',
    mark: { color: first },
    arc: { stroke: color('editor-background', '#ffffff'), strokeWidth: 1 },
    bar: { cornerRadiusEnd: 2 },
    range: { category: palette },
    axis: {
      ...label,
      domainColor: lines,
      tickColor: lines,
      gridColor: lines,
      gridOpacity: 0.5,
    },
    // A longer title beside the picture would run out of it at both ends.
    axisY: { titleLimit: 220 },
    axisBand: { grid: false },
    scale: { bandPaddingInner: 0.3, bandPaddingOuter: 0.15 },
    legend: { ...label },
    title: { color: text, fontSize: 14, fontWeight: 600, offset: 12 },
    view: { stroke: 'transparent' },
  };
}
