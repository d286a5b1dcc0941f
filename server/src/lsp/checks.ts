/** Lints documents. Settings, project files and ignore files are read once; findings are computed once per text. */
import type { Document } from '../model/document.ts';
import { lint } from '../lint/lint.ts';
import type { Finding, LintConfig, Registered } from '../lint/rule.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { mergeFindings } from '../shellcheck/findings.ts';
import { ObjectCache } from '../text/object-cache.ts';
import type { Configuration } from './configuration.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import type { ShellChecks } from './shell-checks.ts';
import { documentSurroundings } from './surroundings.ts';

/** The findings in a document; `id` changes whenever the text, the settings or the files change. */
export interface Checked {
  readonly id: string;
  readonly findings: readonly Finding[];
}

export interface Checks {
  /** `documentNow` is called when everything has been read, since the document may have changed meanwhile. */
  check(uri: string, documentNow: () => Document | undefined): Promise<Checked | undefined>;
  /** The lint function for documents with this URI, with their settings and files. */
  readonly linter: (uri: string) => Promise<(document: Document) => readonly Finding[]>;
  /** Discards everything that was read; `settings` are given if the client sends them. */
  forget(settings?: unknown): void;
}

interface Inputs {
  readonly enabled: boolean;
  readonly config: LintConfig;
  readonly surroundings: Surroundings | undefined;
  /** The value of `drydock.shellcheck.path`. */
  readonly shellcheck: string;
}

interface Remembered extends Checked, Inputs {
  readonly own: readonly Finding[];
  readonly theirs: readonly Finding[];
}

export interface Dependencies {
  readonly settings: Configuration;
  readonly files: Files;
  readonly rules: readonly Registered[];
  readonly log: Log;
  readonly shells: ShellChecks;
}

const none: readonly Finding[] = [];

export function checks({ settings, files, rules, log, shells }: Dependencies): Checks {
  const surroundings = documentSurroundings(files);
  const remembered = new ObjectCache<Document, Remembered>();
  let count = 0;
  const inputsFor = async (uri: string): Promise<Inputs> => {
    const [{ enabled, config, shellcheck }, beside] = await Promise.all([
      settings.of(uri),
      surroundings.of(uri),
    ]);
    return { enabled, config, surroundings: beside, shellcheck };
  };
  const find = (
    { model }: Document,
    { config, surroundings: beside }: Inputs,
  ): readonly Finding[] =>
    lint(model, rules, config, { log, ...(beside && { surroundings: beside }) });
  return {
    check: async (uri, documentNow) => {
      const reading = inputsFor(uri);
      // While the client is asked for settings, compute the part of the model that does not need them.
      documentNow()?.model.commandNames();
      const inputs = await reading;
      const document = documentNow();
      if (!document) return undefined;
      const before = remembered.get(document);
      const isSame =
        before !== undefined &&
        before.surroundings === inputs.surroundings &&
        before.config === inputs.config;
      const { enabled, config, shellcheck } = inputs;
      const theirs = enabled ? shells.of(document, { program: shellcheck, config }) : none;
      if (isSame && before.theirs === theirs) return before;
      const own = isSame ? before.own : enabled ? find(document, inputs) : none;
      const checked = { id: String(++count), findings: mergeFindings(own, theirs), own, theirs, ...inputs }; // prettier-ignore
      remembered.set(document, checked);
      return checked;
    },
    linter: async (uri) => {
      const inputs = await inputsFor(uri);
      return (document) => find(document, inputs);
    },
    forget: (sent) => {
      settings.forget(sent);
      surroundings.forget();
      shells.forget();
    },
  };
}
