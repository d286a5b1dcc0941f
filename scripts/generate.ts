/**
 * Writes every generated file; with `--check`, lists the stale ones and fails.
 *
 *     tsx scripts/generate.ts [--check]
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { commandsGenerated, registeredCommands } from './generate/commands.ts';
import { l10nGenerated, missingTranslations, translatedSettings } from './generate/l10n.ts';
import { manifestGenerated } from './generate/manifest.ts';
import { settingsGenerated, settingsOf } from './generate/settings.ts';
import { registeredRules, rulesGenerated, rulesSchema, stalePages } from './generate/rules.ts';

const root = path.resolve(import.meta.dirname, '..');

/** All generated files: path from the root → text. */
async function generated(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>(await rulesGenerated());
  const current = async (file: string): Promise<string> =>
    files.get(file) ?? (await readFile(path.join(root, file), 'utf8').catch(() => ''));
  const registered = await registeredRules();
  const settings = settingsOf(rulesSchema(registered));
  const commands = await registeredCommands(root);
  const add = (more: ReadonlyMap<string, string>): void => {
    for (const [file, text] of more) files.set(file, text);
  };
  add(commandsGenerated(commands));
  add(settingsGenerated(settings));
  add(manifestGenerated(commands, settings, await current('package.json')));
  add(await l10nGenerated(root, registered, commands));
  add(translatedSettings(root, registered));
  const formatted = [...files].map(async ([file, text]): Promise<[string, string]> => {
    const full = path.join(root, file);
    return [file, await format(text, { ...(await resolveConfig(full)), filepath: full })];
  });
  return new Map(await Promise.all(formatted));
}

/** Writes the files that differ, or only lists them. */
async function main(check: boolean): Promise<void> {
  const files = await generated();
  for (const [file, text] of files) {
    const full = path.join(root, file);
    if ((await readFile(full, 'utf8').catch(() => undefined)) === text) continue;
    if (check) {
      console.error(`${file} is stale; run npm run generate`);
      process.exitCode = 1;
    } else {
      await mkdir(path.dirname(full), { recursive: true });
      await writeFile(full, text);
      console.log(`wrote ${file}`);
    }
  }
  for (const file of stalePages(files)) {
    if (check) {
      console.error(`${file} is no longer generated; run npm run generate`);
      process.exitCode = 1;
    } else {
      await rm(path.join(root, file));
      console.log(`removed ${file}`);
    }
  }
  for (const line of missingTranslations(root, files)) console.log(line);
}

void main(process.argv.includes('--check'));
