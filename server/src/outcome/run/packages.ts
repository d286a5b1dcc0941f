/** Packages that a package manager does not find. */
import { installOf, type Manager } from '../../programs/install.ts';
import { t } from '../../text/translation.ts';
import type { Cause } from '../cause.ts';
import { packageFixes, versionFixes } from '../fixes/packages.ts';
import { mayBe, textOf, wordSpan, type FailedRun } from './context.ts';
import type { PackageAt } from './package-at.ts';
import type { LineReader, RunCause } from './reader.ts';

interface Pattern {
  readonly managers: readonly Manager[];
  /** Its first group is the package, or the word as it was given. */
  readonly pattern: RegExp;
  /** Whether the package exists, but not in this version. */
  readonly isVersion?: boolean;
}

const node: readonly Manager[] = ['npm', 'yarn', 'pnpm'];

/** The messages of package managers, in the versions that are in use. */
const patterns: readonly Pattern[] = [
  { managers: ['apt'], pattern: /^E: Unable to locate package (\S+)/ },
  { managers: ['apt'], pattern: /^E: Package '([^']+)' has no installation candidate/ },
  { managers: ['apt'], pattern: /^E: Couldn't find any package by (?:regex|glob|task) '([^']+)'/ },
  {
    managers: ['apt'],
    pattern: /^E: Version '[^']*' for '([^']+)' was not found/,
    isVersion: true,
  },
  {
    managers: ['apt'],
    pattern: /^E: Release '[^']*' for '([^']+)' was not found/,
    isVersion: true,
  },
  { managers: ['apt'], pattern: /^E: Unsupported file (\S+) given on commandline/ },
  { managers: ['apk'], pattern: /^\s+(\S+) \(no such package\)/ },
  { managers: ['apk'], pattern: /^\s+breaks: world\[([^\]]+)\]/, isVersion: true },
  { managers: ['apk'], pattern: /^\s+(\S+) \(missing\)/ },
  { managers: ['dnf'], pattern: /^No match for argument: (\S+)/ },
  { managers: ['dnf'], pattern: /^(?:Error: )?Unable to find a match: (\S+)/ },
  { managers: ['dnf'], pattern: /^No package (\S+) available/ },
  { managers: ['dnf'], pattern: /^error: No package matches '([^']+)'/ },
  { managers: ['zypper'], pattern: /^(?:Package|No provider of) '([^']+)' not found/ },
  { managers: ['zypper'], pattern: /^No provider of '([^']+)' found/ },
  { managers: ['pacman'], pattern: /^error: target not found: (\S+)/ },
  {
    managers: ['pip'],
    pattern: /^ERROR: No matching distribution found for (.+?)(?: \(from .*\))?$/,
  },
  {
    managers: ['pip'],
    pattern: /^ERROR: Could not find a version that satisfies the requirement (.+?) \(from/,
  },
  {
    managers: ['uv'],
    pattern: /Because (\S+) was not found in the (?:package registry|provided package locations)/,
  },
  {
    managers: ['uv'],
    pattern: /Because there (?:is|are) no versions? of (\S+?)(?:[=<>~!].*)? and/,
    isVersion: true,
  },
  {
    managers: node,
    pattern: /^npm (?:ERR!|error) 404\s+'([^']+)' is not in th(?:e npm|is) registry/,
  },
  {
    managers: node,
    pattern: /^npm (?:ERR!|error) notarget No matching version found for (\S+?)\.?$/,
    isVersion: true,
  },
  {
    managers: node,
    pattern: /^npm (?:ERR!|error) 404\s+The requested resource '([^']+)' could not be found/,
  },
  {
    managers: node,
    pattern:
      /^npm (?:ERR!|error) (?:404 Not Found - GET|404 ) https?:\/\/[^/]+\/(\S+?)(?: - Not found)?$/,
  },
  { managers: node, pattern: /^error (?:Error: )?https?:\/\/[^/]+\/(\S+?): Not found/ },
  { managers: node, pattern: /^error Couldn't find any versions for "([^"]+)"/, isVersion: true },
  {
    managers: node,
    pattern: /^error An unexpected error occurred: "https?:\/\/[^/]+\/(\S+?): Not found"/,
  },
  { managers: node, pattern: /➤ YN0035:.*?│ (\S+?)@?\S*: Package not found/ },
  { managers: node, pattern: /ERR_PNPM_FETCH_404\S*\s+GET https?:\/\/[^/]+\/(\S+?): Not Found/ },
  { managers: node, pattern: /^(?:\s*)(\S+) is not in the npm registry/ },
  {
    managers: node,
    pattern: /ERR_PNPM_NO_MATCHING_VERSION\S*\s+No matching version found for (\S+)/,
    isVersion: true,
  },
  {
    managers: ['go'],
    pattern:
      /^go: (\S+?): (?:module \S+: )?.*(?:git ls-remote|unrecognized import path|reading https?:|not found|invalid version|no matching versions|unknown revision|does not contain package|dial tcp|403 Forbidden|404 Not Found|410 Gone)/,
  },
  { managers: ['cargo'], pattern: /^error: could not find `([^`]+)` in registry/ },
  { managers: ['cargo'], pattern: /^error: cannot find (?:crate|package) `([^`]+)`/ },
  { managers: ['gem'], pattern: /^ERROR:\s+Could not find a valid gem '([^']+)'/ },
  {
    managers: ['composer'],
    pattern: /Could not find (?:a matching version of )?package ([^\s.]+?)[.,]?(?: |$)/,
  },
  { managers: ['conda'], pattern: /^\s+- (\S+)\s*$/ },
  { managers: ['conda'], pattern: /nothing provides requested ([^\s]+)/ },
];

/** Messages of package managers about packages in the instruction. */
export const packageMissing: LineReader = (run, line) => {
  for (const { managers, pattern, isVersion = false } of patterns) {
    const name = pattern.exec(line)?.[1];
    if (name === undefined || (managers.includes('conda') && !isCondaList(run, line))) continue;
    const found = packageIn(run, managers, decoded(name));
    if (found) return causeAt(run, found, isVersion);
    const listed =
      managers.includes('pip') || managers.includes('uv') ? listFile(run, name) : undefined;
    if (listed) return listed;
  }
  return undefined;
};

/** The only `-r` file of a pip command lists the package. */
function listFile({ fatal }: FailedRun, name: string): RunCause | undefined {
  for (const at of fatal) {
    const install = installOf(at.command);
    if (install?.manager !== 'pip' && install?.manager !== 'uv') continue;
    const [file, second] = install.invocation.values('-r', '--requirement');
    if (file === undefined || second !== undefined) continue;
    return {
      kind: 'package-not-found',
      span: wordSpan(file),
      at,
      message: t('Package `{0}` in `{1}` was not found', name, file.text),
    };
  }
  return undefined;
}

/** conda lists what it does not find below a sentence. */
function isCondaList({ lines }: FailedRun, line: string): boolean {
  return (
    !/^\s+- /.test(line) ||
    lines.some((one) => /PackagesNotFoundError|not available from current channels/.test(one))
  );
}

/** Names with a scope are encoded in addresses. */
function decoded(name: string): string {
  return name.replaceAll(/%2f/gi, '/');
}

function packageIn(
  run: FailedRun,
  managers: readonly Manager[],
  name: string,
): PackageAt | undefined {
  const all = run.fatal.flatMap((at) => {
    const install = installOf(at.command);
    if (install === undefined || !managers.includes(install.manager)) return [];
    return install.packages.map((one): PackageAt => ({ at, manager: install.manager, one }));
  });
  const plain = withoutVersion(name);
  return (
    all.find(({ one }) => one.word.text === name) ??
    all.find(({ one }) => one.name === name) ??
    all.find(({ one }) => normalized(one.name) === normalized(plain)) ??
    all.find(({ one }) => mayBe(run, one.word, name))
  );
}

function withoutVersion(name: string): string {
  return name.replace(/(?<=.)@.*$|\s*[=<>~!;[].*$/, '');
}

/** Python's names differ in case, `-`, `_` and `.` without a difference in meaning. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function causeAt(run: FailedRun, found: PackageAt, isVersion: boolean): RunCause {
  const { at, one } = found;
  const cause: Pick<Cause, 'kind' | 'span'> = {
    kind: 'package-not-found',
    span: wordSpan(one.word),
  };
  if (isVersion) {
    const message = t(
      'Version {0} of package `{1}` was not found',
      one.version ?? textOf(run, one.word),
      one.name,
    );
    return { ...cause, at, message, fixes: versionFixes(found) };
  }
  const { message, fixes } = packageFixes(run, found);
  return { ...cause, at, message, fixes };
}
