// Mocha's spec reporter that also leaves its counts where RATATOUILLE_TEST_REPORT says.
// CommonJS, because mocha requires reporters.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      const report = process.env.RATATOUILLE_TEST_REPORT;
      if (report) writeFileSync(report, JSON.stringify({ passed: passes, failed: failures }));
    });
  }
};
