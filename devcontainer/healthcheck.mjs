// Healthy is: the editor answers, and it can read the extension. Without the second it would look well and be useless.
import { readdirSync, readFileSync } from 'node:fs';

const extensions = '/opt/extensions';
const folder = readdirSync(extensions).find((name) => name.startsWith('ratatouille.'));
if (folder === undefined) throw new Error('The extension is not installed.');
JSON.parse(readFileSync(`${extensions}/${folder}/package.json`, 'utf8'));

const answer = await fetch('http://127.0.0.1:8080/healthz');
if (!answer.ok) throw new Error(`The editor answers with ${answer.status}.`);
