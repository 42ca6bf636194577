// Loads the bundled extension and activates it, with something in VS Code's place that takes every call.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const anything = new Proxy(class {}, {
  get: (target, name) => {
    if (name === Symbol.iterator) return () => [].values();
    return name === 'prototype' ? target.prototype : anything;
  },
  set: () => true,
  apply: () => anything,
  construct: () => anything,
});
const root = join(__dirname, '../..');
const bundle = join(root, 'dist/extension.cjs');
// A bundle copies the module's own names when it loads it, so those that it uses have to be there.
const used = readFileSync(bundle, 'utf8').matchAll(/\bvscode\d*\.(\w+)/g);
const vscode = Object.fromEntries([...used].map(([, name]) => [name, anything]));
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));

const memory = { get: (_key, otherwise) => otherwise, update: async () => {} };
const context = {
  subscriptions: [],
  asAbsolutePath: (path) => join(root, path),
  environmentVariableCollection: anything,
  extensionPath: root,
  extensionUri: anything,
  workspaceState: memory,
  globalState: memory,
};
const started = performance.now();
const extension = require(bundle);
extension.activate(context);
const wallMs = performance.now() - started;
if (context.subscriptions.length === 0) throw new Error('Nothing was registered.');
process.stdout.write(JSON.stringify({ wallMs }));
