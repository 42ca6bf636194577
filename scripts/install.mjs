// Makes node_modules what package-lock.json says, once for each lockfile. Run before `npm start` and `npm test`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Ratatouille needs Node 20 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

const marker = 'node_modules/.installed-lockfile';
const lockfile = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lockfile) {
  console.log('Installing dependencies …');
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    console.error('npm ci failed. Is the npm registry reachable?');
    process.exit(install.status ?? 1);
  }
  writeFileSync(marker, lockfile);
}
