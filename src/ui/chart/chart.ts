import { type Loader, parse, type Runtime, View, Warn } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import type { ChartBlock } from '../../protocol/result.js';
import { buildChart, type Chart } from './spec.js';
import { chartTheme } from './theme.js';

/** The widest that a chart gets: bars a hand wide are no easier to read. */
const widestPixels = 900;

/**
 * Draws a chart into an element and keeps it in step with the theme and the width, until the signal aborts.
 * Resolves when it is on the screen.
 *
 * Invariant: nothing in it makes code from text or fetches anything. A specification comes from files, and pages
 * with a strict content security policy show it too.
 */
export async function drawChart(block: ChartBlock, host: HTMLElement, signal: AbortSignal): Promise<Chart> {
  let drawn: View | undefined;
  let width = widthOf(host);
  const draw = async (): Promise<Chart> => {
    const chart = buildChart(block, width);
    const view = newView(chart, host);
    drawn?.finalize();
    drawn = view;
    await view.runAsync();
    return chart;
  };
  const redraw = (): void => {
    if (!signal.aborted) draw().catch(reportError);
  };
  const themes = new MutationObserver(redraw);
  themes.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  const widths = new ResizeObserver(() => {
    if (widthOf(host) === width) return;
    width = widthOf(host);
    redraw();
  });
  widths.observe(host);
  signal.addEventListener('abort', () => {
    themes.disconnect();
    widths.disconnect();
    drawn?.finalize();
  });
  return draw();
}

function newView({ spec, description }: Chart, host: HTMLElement): View {
  const style = getComputedStyle(host);
  const config = chartTheme((name) => style.getPropertyValue(name));
  const compiled = compile(spec, { config });
  const runtime: Runtime = parse(compiled.spec, undefined, { ast: true });
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: refusingLoader,
    logLevel: Warn,
    renderer: 'svg',
    hover: false,
  });
  return view.description(description).initialize(host);
}

function widthOf(host: HTMLElement): number {
  return Math.min(Math.max(Math.floor(host.clientWidth), 240), widestPixels);
}

/** What a chart shows came with it. */
const refusingLoader: Loader = {
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
};

function refuse(uri: string): Promise<never> {
  return Promise.reject(new Error(`A chart does not fetch anything, and so not ${uri}.`));
}
