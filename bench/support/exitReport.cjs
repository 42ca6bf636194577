// Loaded into every measured process: when it ends, it writes what it used to the file that is named for it.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.report.excludeNetwork = true;
  const usage = {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    rssMB: maxRSS / 1024,
    engineLoaded: process.report.getReport().sharedObjects.some((path) => /duckdb/i.test(path)),
  };
  writeFileSync(process.env.RATATOUILLE_BENCH_USAGE, JSON.stringify(usage));
});
