import Mocha from 'mocha';

/** What VS Code calls in its extension host; the report file tells the result to the outside. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    reporter: 'json',
    reporterOptions: { output: process.env.RATATOUILLE_SUITE_REPORT },
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./running.suite.js');
  await import('./files.suite.js');
  await import('./language.suite.js');
  await import('./outputs.suite.js');
  await import('./views.suite.js');
  await import('./commands.suite.js');
  await import('./drop.suite.js');
  await import('./history.suite.js');
  await import('./inspection.suite.js');
  await import('./quality.suite.js');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
