// `npm start`: from nothing to a gold query, with what to do next. A second run reuses what is there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './build.mjs';

const demo = 'demo';

function ratatouille(...args) {
  const { status } = spawnSync(process.execPath, ['dist/cli.cjs', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error(`\nratatouille ${args[0]} ended with exit code ${status}.`);
    process.exit(status ?? 1);
  }
}

function heading(text) {
  console.log(`\n— ${text}`);
}

const started = Date.now();
await build();
if (!existsSync(`${demo}/ratatouille.json`)) {
  heading(`A new project in ${demo}/`);
  ratatouille('init', demo);
}
heading('landing → bronze → silver → gold');
ratatouille('run', '--project', demo);
heading('The lake');
ratatouille('status', '--project', demo);
heading('Revenue by day, from gold');
const question =
  "SELECT strftime(day, '%a %d %b') AS day, round(sum(revenue), 2) AS revenue FROM gold.daily_sales GROUP BY ALL ORDER BY min(gold.daily_sales.day)";
ratatouille('query', question, '--project', demo);
ratatouille('query', question, '--format', 'chart', '--project', demo);

console.log(`
Ready in ${((Date.now() - started) / 1000).toFixed(0)} s. What next:
  code ${demo}                                         the guided notebook is notebooks/01_getting_started.ratnb
  npx ratatouille query "FROM gold.daily_sales" --project ${demo}
  copy a CSV file into ${demo}/data/landing, read it with landing('…') in a notebook, and run again
`);
