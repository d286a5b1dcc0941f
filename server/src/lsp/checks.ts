/** How documents are linted: settings, project files and what lies around are read once, findings made once a text. */
import type { Document } from '../model/document.ts';
import { lint } from '../lint/lint.ts';
import type { Finding, LintConfig, Registered } from '../lint/rule.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { together } from '../shellcheck/findings.ts';
import { Kept } from '../text/kept.ts';
import type { Configuration } from './configuration.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import type { ShellChecks } from './shell-checks.ts';
import { around } from './surroundings.ts';

/** What is found in a document; `id` is another as soon as anything that it rests on is. */
export interface Checked {
  readonly id: string;
  readonly findings: readonly Finding[];
}

export interface Checks {
  /** The document is asked for when all that is read for it has come. */
  check(uri: string, documentNow: () => Document | undefined): Promise<Checked | undefined>;
  /** How documents of this name are linted, with all that is read for it. */
  readonly linter: (uri: string) => Promise<(document: Document) => readonly Finding[]>;
  /** Everything is read anew; settings are given where the client sends them itself. */
  forget(settings?: unknown): void;
}

interface Grounds {
  readonly enabled: boolean;
  readonly config: LintConfig;
  readonly surroundings: Surroundings | undefined;
  /** What ShellCheck is asked with. */
  readonly shellcheck: string;
}

interface Remembered extends Checked, Grounds {
  readonly own: readonly Finding[];
  readonly theirs: readonly Finding[];
}

export interface Means {
  readonly settings: Configuration;
  readonly files: Files;
  readonly rules: readonly Registered[];
  readonly log: Log;
  readonly shells: ShellChecks;
}

const none: readonly Finding[] = [];

/** With nothing read yet. */
export function checks({ settings, files, rules, log, shells }: Means): Checks {
  const surroundings = around(files);
  const remembered = new Kept<Document, Remembered>();
  let count = 0;
  const groundsOf = async (uri: string): Promise<Grounds> => {
    const [{ enabled, config, shellcheck }, beside] = await Promise.all([
      settings.of(uri),
      surroundings.of(uri),
    ]);
    return { enabled, config, surroundings: beside, shellcheck };
  };
  const find = (
    { model }: Document,
    { config, surroundings: beside }: Grounds,
  ): readonly Finding[] =>
    lint(model, rules, config, { log, ...(beside && { surroundings: beside }) });
  return {
    check: async (uri, documentNow) => {
      const asked = groundsOf(uri);
      // The client may have to be asked for settings: what needs none is read meanwhile.
      documentNow()?.model.commandNames();
      const grounds = await asked;
      const document = documentNow();
      if (!document) return undefined;
      const before = remembered.get(document);
      const isSame =
        before !== undefined &&
        before.surroundings === grounds.surroundings &&
        before.config === grounds.config;
      const { enabled, config, shellcheck } = grounds;
      const theirs = enabled ? shells.of(document, { program: shellcheck, config }) : none;
      if (isSame && before.theirs === theirs) return before;
      const own = isSame ? before.own : enabled ? find(document, grounds) : none;
      const checked = { id: String(++count), findings: together(own, theirs), own, theirs, ...grounds }; // prettier-ignore
      remembered.set(document, checked);
      return checked;
    },
    linter: async (uri) => {
      const grounds = await groundsOf(uri);
      return (document) => find(document, grounds);
    },
    forget: (sent) => {
      settings.forget(sent);
      surroundings.forget();
      shells.forget();
    },
  };
}
