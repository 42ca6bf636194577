// npm run bench [-- W1b W2 …] [-- --deep] [-- --repetitions 5]: measures the rows of docs/performance.md.
// A name stands for every row that begins with it; without names, all but the deep ones.
import { parseArgs } from 'node:util';
import { head, judged, line, writeReport } from './support/report.mjs';
import { rows as w1 } from './w1.mjs';
import { rows as w2 } from './w2.mjs';
import { rows as w4 } from './w4.mjs';
import { rows as w5 } from './w5.mjs';
import { rows as w6 } from './w6.mjs';
import { rows as w9 } from './w9.mjs';
import { rows as w12 } from './w12.mjs';
import { rows as w13 } from './w13.mjs';
import { rows as w14 } from './w14.mjs';

const rows = [...w1, ...w2, ...w4, ...w5, ...w6, ...w9, ...w12, ...w13, ...w14];
const { values, positionals } = parseArgs({
  options: {
    deep: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '3' },
  },
  allowPositionals: true,
});
const isNamed = ({ id }) => positionals.some((name) => id === name || id.startsWith(name));
const chosen =
  positionals.length > 0 ? rows.filter(isNamed) : rows.filter(({ deep }) => values.deep || !deep);
if (chosen.length === 0) {
  console.error(
    `There is no row ${positionals.join(', ')}; they are ${rows.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

console.log(head());
const results = [];
for (const row of chosen) {
  const result = judged(row, await row.run({ repetitions: Number(values.repetitions) }));
  console.log(line(result));
  results.push(result);
}
// A few rows by name are a look, not the record.
if (positionals.length === 0) writeReport(results);
