// Puts the steps that are written in walkthroughs/*.md into package.json, where VS Code reads them:
// `node scripts/walkthroughs.mjs`. A test holds the two together.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** The steps as package.json has them, in the order of the files' numbers. */
export function readSteps(folder) {
  const files = readdirSync(folder).filter((name) => /^\d\d_\w+\.md$/.test(name));
  return files.sort().map((name) => readStep(name, readFileSync(`${folder}/${name}`, 'utf8')));
}

function readStep(name, text) {
  const parts = /^# (.+)\n\n!\[(.+)\]\(\.\.\/(.+)\)\n\n([\s\S]+)\n$/.exec(text);
  if (parts === null) throw new Error(`walkthroughs/${name} is not a title, a picture and a text.`);
  const [, title, altText, svg, description] = parts;
  const id = name.slice(3, -3);
  return {
    id,
    title,
    description,
    media: { svg, altText },
    completionEvents: [`onContext:ratatouille.did.${id}`],
  };
}

if (process.argv[1]?.endsWith('walkthroughs.mjs')) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  manifest.contributes.walkthroughs[0].steps = readSteps('walkthroughs');
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
}
