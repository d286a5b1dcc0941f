/** The laws that hold for every rule; each names the rule and the file that breaks it. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { explain } from '../lint/explain.ts';
import { unmark } from '../lint/example.ts';
import { fixAll } from '../lint/fix.ts';
import { lint } from '../lint/lint.ts';
import { rulesNamed } from '../lint/rule-names.ts';
import { readRules } from '../project/config.ts';
import { ignoreFile } from '../project/ignore-file.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import {
  problemsOf,
  triggerOf,
  type Example,
  type Finding,
  type LintConfig,
  type Registered,
} from '../lint/rule.ts';
import { conditionsOf, rulesFor } from '../lint/trigger.ts';
import { createModel } from '../model/lazy-model.ts';
import type { Family } from '../programs/program.ts';
import { declined } from '../reference/declined-codes.ts';
import { knownCodes } from '../reference/foreign-codes.ts';
import { parse } from '../syntax/parse.ts';
import type { TroubleCode } from '../syntax/trouble.ts';
import { contextOf } from '../../../test/context-root.ts';
import { rules } from './index.ts';
import { ruleOf } from '../lint/checks/syntax-troubles.ts';

/** With it alone, at some severity, and its example's options. */
function alone({ id }: Registered, { options }: Pick<Example, 'options'> = {}): LintConfig {
  return { rules: { [id]: { severity: 'warning', ...(options !== undefined && { options }) } } };
}

/** The files around an example. */
function around({
  dockerignore,
  files,
}: Pick<Example, 'dockerignore' | 'files'>): Surroundings | undefined {
  if (dockerignore === undefined && files === undefined) return undefined;
  const file =
    typeof dockerignore === 'string' ? ignoreFile('.dockerignore', dockerignore) : undefined;
  return {
    ignoreFile: file ?? 'none',
    ...(files && { roots: [contextOf(files, file)] }),
  };
}

interface Look {
  readonly text: string;
  readonly list: readonly Registered[];
  readonly config: LintConfig;
  readonly surroundings?: Surroundings | undefined;
}

function lintText({ text, list, config, surroundings }: Look): readonly Finding[] {
  const log = (message: string, error: unknown): never => {
    throw new Error(message, { cause: error });
  };
  return lint(createModel(parse(text)), list, config, {
    log,
    ...(surroundings && { surroundings }),
  });
}

const marked = (text: string, findings: readonly Finding[]): string => {
  const marks = findings.flatMap(({ at: { span } }) => [
    { at: span.start, mark: '«', order: 1 },
    { at: span.end, mark: '»', order: 0 },
  ]);
  let result = text;
  for (const { at, mark } of marks.sort((a, b) => b.at - a.at || b.order - a.order)) {
    result = result.slice(0, at) + mark + result.slice(at);
  }
  return result;
};

/** The last resort has nothing to show while all codes are claimed. */
const withExamples = rules.filter(({ id }) => id !== 'syntax-error');
interface Shown {
  readonly name: string;
  readonly registered: Registered;
  readonly example: Example;
}
const examples = withExamples.flatMap((registered) =>
  registered.rule.examples.map((example, i): Shown => ({
    name: `${registered.category}/${registered.id}.ts example ${i + 1}`,
    registered,
    example,
  })),
);

/** What all rules find with the settings of a project that has none. */
function findAll(text: string, { example }: Shown): readonly Finding[] {
  return lintText({ text, list: rules, config: { rules: {} }, surroundings: around(example) });
}

/** What the rule of an example finds. What looks at ignore comments finds something only where other rules run. */
function findOwn(text: string, shown: Shown): readonly Finding[] {
  const { registered, example } = shown;
  if (registered.rule.needs === 'ignores')
    return findAll(text, shown).filter((finding) => finding.rule === registered.id);
  const config = alone(registered, example);
  return lintText({ text, list: [registered], config, surroundings: around(example) });
}

describe.each(examples)('$name', (one) => {
  const { registered, example } = one;
  const { text } = unmark(example.bad);
  const { rule, category } = registered;

  test('Docker refuses the bad text of a build error, and else only what the rule says it refuses', () => {
    const refused = findAll(text, one).filter((finding) => finding.category === 'build-error');
    if (category === 'build-error') expect(refused).not.toEqual([]);
    else expect(refused.filter((finding) => finding.rule !== registered.id)).toEqual([]);
  });

  test('Docker builds the good text', () => {
    expect(parse(example.good).errors).toEqual([]);
    expect(findAll(example.good, one).filter((it) => it.category === 'build-error')).toEqual([]);
  });

  test('exactly the marked text is found', () => {
    expect(marked(text, findOwn(text, one))).toBe(example.bad);
  });

  test('nothing is found in the good text, by this rule or by another that is on', () => {
    expect(marked(example.good, findOwn(example.good, one))).toBe(example.good);
    const others = findAll(example.good, one);
    const before = new Set(findAll(text, one).map((it) => it.rule));
    expect(
      others.filter((it) => !before.has(it.rule)).map((it) => `${it.rule}: ${it.message}`),
    ).toEqual([]);
  });

  test('it has fixes where it says so: all of them safe, or not', () => {
    const fixes = findOwn(text, one).flatMap(({ fix }) => fix ?? []);
    expect(fixes.length > 0).toBe(rule.fix !== undefined);
    expect(fixes.some((it) => it.safe === false)).toBe(rule.fix === 'unsafe');
  });

  test('message and summary are two things, and the message has no full stop', () => {
    for (const { message } of findOwn(text, one)) {
      expect(message).not.toBe(rule.summary);
      expect(message).not.toMatch(/\.$/);
      expect(message).not.toMatch(/\{\d\}/);
    }
  });

  test('all its places are inside the text', () => {
    for (const { at, fix, related = [] } of findOwn(text, one)) {
      const spans = [at, ...(fix?.edits ?? []), ...related.map((it) => it.at)].map((it) => it.span);
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

const fixable = examples.flatMap((one) => {
  const { fix } = one.registered.rule;
  return fix === undefined ? [] : [{ ...one, fix }];
});

// Of a rule without a fix, the good text is what a person writes.
test.each(fixable)('$name: the fix makes the good text, once and for all', (one) => {
  const { example, fix } = one;
  const { text } = unmark(example.bad);
  const find = (it: string): readonly Finding[] => findOwn(it, one);
  const fixed = fixAll(text, find, fix);
  expect(fixed.text).toBe(example.good);
  expect(fixAll(fixed.text, find, fix)).toEqual({ text: fixed.text, applied: 0 });
  const stages = (it: string): number => createModel(parse(it)).stages.length;
  expect(stages(fixed.text)).toBe(stages(text));
});

describe.each(withExamples.map((it) => ({ name: `${it.category}/${it.id}.ts`, registered: it })))(
  '$name',
  ({ registered }) => {
    const { rule, category, id } = registered;

    test('the summary is one imperative line, and the reason is there', () => {
      expect(rule.summary).toMatch(/^[A-Z][^\n]*[^.\n]$/);
      expect(rule.why.length).toBeGreaterThan(20);
      expect(rule.why).toMatch(/[.”)]$/);
      expect(explain(registered)).toContain(rule.why);
    });

    test('it names others only by names that they have', () => {
      for (const name of rule.also?.hadolint ?? []) expect(knownCodes.hadolint).toContain(name);
      for (const name of rule.also?.buildkit ?? []) expect(knownCodes.buildkit).toContain(name);
      for (const name of rule.also?.tally ?? []) expect(knownCodes.tally).toContain(name);
    });

    test('its category is its folder, and a build error is an error', () => {
      expect(readdirSync(path.join(import.meta.dirname, category))).toContain(`${id}.ts`);
      if (category === 'build-error') expect(rule.severity).toBe('error');
    });
  },
);

const options = rules.flatMap(({ id, rule }) => {
  const { properties = {} } = (rule.options?.json ?? {}) as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, schema, id, rule }));
});

test('there are options', () => {
  expect(options.length).toBeGreaterThan(5);
});

test.each(options)(
  'the option $name of $id has a description, a default and an example',
  ({ name, schema, rule }) => {
    expect(schema).toHaveProperty('markdownDescription');
    expect(schema).toHaveProperty('default');
    const used = rule.examples.flatMap((example) => Object.keys(example.options ?? {}));
    expect(used).toContain(name);
  },
);

test('each rule of tally is claimed or declined, not both', () => {
  const claimed = rules.flatMap(({ rule }) => rule.also?.tally ?? []);
  const names = Object.keys(declined);
  expect([...new Set(claimed), ...names].sort()).toEqual([...knownCodes.tally].sort());
  for (const name of names) expect(declined[name]).toMatch(/^[A-Z].*\.$/);
});

test('a rule has nothing to say about a file without what it waits for', () => {
  const waiting = rules
    .map(({ id, rule }) => ({ id, rule, on: triggerOf(rule, rule.options?.fallback) }))
    .filter(({ on }) => on !== undefined);
  expect(waiting.length).toBeGreaterThan(100);
  const concerned = rulesFor(waiting);
  const texts = examples.flatMap(({ example }) => [unmark(example.bad).text, example.good]);
  for (const text of texts) {
    const model = createModel(parse(text));
    const called = new Set(concerned(model));
    for (const one of waiting.filter((it) => !called.has(it)))
      expect(problemsOf(one.rule, model), `${one.id} about:\n${text}`).toEqual([]);
  }
});

/** The constants of programs/ with the names under which programs share a command line. */
const families: { readonly name: string; readonly family: Family }[] = [];
const programs = path.join(import.meta.dirname, '../programs');
for (const file of readdirSync(programs).filter((one) => !one.endsWith('.test.ts'))) {
  const module = (await import(pathToFileURL(path.join(programs, file)).href)) as object;
  for (const [name, family] of Object.entries(module))
    if (name.endsWith('Like')) families.push({ name, family: family as Family });
}

/** Rules that mean one program of a family, and why. */
const ofOneProgram: Readonly<Record<string, string>> = {
  'apt-get-in-scripts': 'Of the programs for Debian packages, only `apt` is made for terminals.',
};

test('a rule that looks at one program of a family looks at all of them', () => {
  expect(families.length).toBeGreaterThan(15);
  const wrong = rules.flatMap(({ id, rule }) => {
    const on = conditionsOf(triggerOf(rule, rule.options?.fallback));
    const looked = on.flatMap(({ commands = [] }) => commands.map(String));
    return families.flatMap(({ name, family }) => {
      const missed = family.map(String).filter((one) => !looked.includes(one));
      const isPart = missed.length > 0 && missed.length < family.length;
      return isPart && !Object.hasOwn(ofOneProgram, id)
        ? [`${id} misses ${missed.join()} of ${name}`]
        : [];
    });
  });
  expect(wrong).toEqual([]);
});

test('ids are unique, and the barrel has every file', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const files = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(path.join(import.meta.dirname, name)))
    .filter((name) => !name.endsWith('.test.ts'));
  expect(ids.map((id) => `${id}.ts`).sort()).toEqual(files.sort());
});

test('each rule has a page in English and Chinese, and each page has a rule', () => {
  const expected = ['README.md', ...rules.map(({ id }) => `${id}.md`)].sort();
  for (const language of ['.', 'zh-cn']) {
    const directory = path.join(import.meta.dirname, '../../../docs/rules', language);
    const pages = readdirSync(directory).filter((name) => name.endsWith('.md'));
    expect(pages.sort()).toEqual(expected);
  }
});

test('each code of the parser is reported by its rule and no other', () => {
  const codes = Object.keys(ruleOf) as readonly TroubleCode[];
  const empty = parse('FROM scratch\n');
  for (const code of codes) {
    // Of a kind that fits all: no code has more values.
    const trouble = { code, values: ['a', 'b'], span: { start: 0, end: 4 } } as never;
    const model = createModel({ ...empty, errors: [trouble] });
    const reporting = rules.filter(
      ({ rule }) => rule.severity !== 'off' && problemsOf(rule, model).length > 0,
    );
    expect(reporting.map(({ id }) => id)).toEqual([ruleOf[code]]);
  }
});

test('each former id names one rule, and is not an id of another', () => {
  const former = rules.flatMap(({ rule }) => rule.formerly ?? []);
  expect(former.length).toBeGreaterThan(0);
  for (const name of former) {
    expect(rulesNamed(name, rules), name).toHaveLength(1);
    expect(rules.some(({ id }) => id === name)).toBe(false);
  }
});

test('former ids are accepted in ignore comments and configuration', () => {
  const text = 'FROM debian:12\nENV DEBIAN_FRONTEND=noninteractive\n';
  const lintedWith = (it: string, config: LintConfig = { rules: {} }): readonly string[] =>
    lint(createModel(parse(it)), rules, config).map(({ rule }) => rule);
  expect(lintedWith(text)).toContain('debian-frontend-env');
  const ignored = text.replace('ENV', '# drydock ignore=frontend-kept\nENV');
  expect(lintedWith(ignored)).not.toContain('debian-frontend-env');
  expect(lintedWith(ignored)).not.toContain('unknown-ignore');
  const { config, problems } = readRules({ 'frontend-kept': 'off' }, rules);
  expect(problems).toEqual([]);
  expect(lintedWith(text, config)).not.toContain('debian-frontend-env');
});
