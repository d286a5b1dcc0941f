/**
 * Real Dockerfiles before and after a rename, built by a real engine: every script, with its arguments and variables, and
 * every program that it runs see the same, except for the name.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Engine } from '../../client/src/engine/engine.ts';
import { document } from '../../server/src/model/document.ts';
import { stageBases } from '../../server/src/outcome/stage-bases.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import { applyEdits, replace, type Edit } from '../../server/src/text/edit.ts';
import { buildFiles } from '../build-files.ts';
import { renameAndCompare, type NewName } from '../corpus/rename-meaning.ts';
import { placesOf } from '../corpus/rename-places.ts';
import { dockerfiles } from '../dockerfiles.ts';
import { connectRealEngine } from './real-engine.ts';
import { importShowingImage } from './showing-image.ts';

const run = promisify(execFile);
const base = 'localhost/drydock-showing:latest';
const real = existsSync('/bin/busybox') ? await connectRealEngine() : undefined;

/** Each build takes a second or more; `DRYDOCK_BUILDS=all` compares more renames. */
const most = process.env.DRYDOCK_BUILDS === 'all' ? 300 : 30;
const mostPerFile = 8;

/** What the corpus may not have. */
const own: readonly string[] = [
  'ARG B=one\nFROM a AS one\nARG V=1\nRUN make "$V"\nFROM $B\nRUN make all\n',
  'FROM a\nARG V=1\nENV W=$V-x\nRUN V=2 make "$V" && export X=$W && make $X\nWORKDIR /srv/$W\nCOPY a /$V/\n',
  'FROM a\nRUN set -e; v=$(make); for f in a b; do make "$f" "${v#out-}"; done\n',
];

/** A file as the engine can build it: the base image and the sources exist, and it runs as root. */
function prepare(text: string): string {
  const one = document('Dockerfile', text.replace(/^#\s*syntax\s*=.*$/im, '#'));
  const bases = stageBases(one, {});
  const edits: Edit[] = [];
  for (const { from, index, instructions } of one.model.stages) {
    if (from.image && bases[index]?.stage === undefined) edits.push(replace(from.image.span, base));
    for (const { span } of from.flags) edits.push(replace(span, ''));
    for (const instruction of instructions) edits.push(...instructionEdits(instruction));
  }
  for (const { span, to } of one.model.references())
    if (to?.kind !== 'stage') edits.push(replace(span, base));
  return applyEdits(one.text, edits);

  function instructionEdits(instruction: Instruction): readonly Edit[] {
    const { kind, flags, span } = instruction;
    if (kind === 'USER') return [replace(span, 'USER root')];
    if (kind === 'RUN') return flags.map((flag) => replace(flag.span, ''));
    if (kind !== 'COPY' && kind !== 'ADD') return [];
    const isFromImage = flags.some(({ name }) => name.text === 'from');
    const source = isFromImage ? '/file' : 'file';
    return [
      ...instruction.sources.map((word) =>
        replace(word.span, instruction.json ? `"${source}"` : source),
      ),
      ...flags.filter(({ name }) => name.text !== 'from').map((flag) => replace(flag.span, '')),
    ];
  }
}

/** Whether the engine, which has no heredocs, can build the file in short time. */
function isBuildable(text: string): boolean {
  const { tree, model } = document('Dockerfile', text);
  const isPlain = tree.instructions.every(
    ({ kind, heredocs }) => heredocs.length === 0 && kind !== 'ONBUILD',
  );
  const isWindows = /powershell|pwsh|servercore|nanoserver/i.test(text);
  // Two builds of the same file do not see the same.
  const isRandom = /\bshuf\b|\bRANDOM\b/.test(text);
  const runs = model.each('RUN').length;
  return isPlain && !isWindows && !isRandom && runs > 0 && runs <= 4 && model.stages.length <= 6;
}

interface Chosen {
  readonly text: string;
  readonly renames: readonly { readonly name: NewName; readonly after: string }[];
}

const counts = { renamed: 0, asked: 0, refused: 0 };

/** Evenly chosen renames that are made without a question. */
function chosen(): readonly Chosen[] {
  const files = [...own, ...spread(dockerfiles.filter(isBuildable))];
  const found: Chosen[] = [];
  for (const text of files) {
    const places = spread(placesOf(text)).slice(0, 3 * mostPerFile);
    const renames: Chosen['renames'][number][] = [];
    for (const { offset, name } of places) {
      if (renames.length === mostPerFile || counts.renamed === most) break;
      const { answer, text: after } = renameAndCompare(text, offset, name);
      // The same rename may begin at several places.
      if (answer === 'nothing' || renames.some((one) => one.after === after)) continue;
      counts[answer]++;
      if (answer === 'renamed') renames.push({ name, after });
    }
    if (renames.length > 0) found.push({ text, renames });
    if (counts.renamed === most) break;
  }
  return found;
}

/** All elements in an order in which neighbours are far apart. */
function spread<T>(list: readonly T[]): readonly T[] {
  const step = 7;
  return Array.from({ length: step }, (_, first) =>
    list.filter((_, index) => index % step === first),
  ).flat();
}

/** The steps with what they printed, and how the build ended. The new name is written like the old one. */
async function seen(engine: Engine, text: string, name?: NewName): Promise<readonly string[]> {
  const steps = new Map<string, string>();
  const printed = new Map<string, string>();
  const files = { Dockerfile: prepare(text), file: 'file' };
  let end = 'built';
  try {
    for await (const event of buildFiles(engine, files, { noCache: true }))
      if (event.kind === 'step') steps.set(event.id, event.name);
      else if (event.kind === 'log' && event.id !== undefined)
        printed.set(event.id, (printed.get(event.id) ?? '') + event.text);
      else if (event.kind === 'failed') end = 'failed';
  } catch {
    end = 'failed';
  }
  const canonical = (one: string): string =>
    name === undefined ? one : one.replaceAll(new RegExp(name.to, 'gi'), () => name.from);
  const all = [...steps].flatMap(([id, step]) => {
    if (/\[internal\]|exporting|load |resolve|(?:^|\] )FROM /.test(step)) return [];
    return [
      `${canonical(withoutStage(step))}\n${comparable(canonical(printed.get(id) ?? '')).join('\n')}`,
    ];
  });
  return [...new Set(all.sort()), end];
}

/** Stages that begin alike share steps, and the engine reports those for any one of them, or for none. */
function withoutStage(step: string): string {
  return step.replace(/^\[[^\]]*\] /, '');
}

/** Sorted, since variables are printed in the order of their names, and commands of a pipeline in any order. */
function comparable(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => !/^(?:VAR|ENV|ENV of \S+) (?:PPID|_|LINENO|HOSTNAME|SHLVL)=/.test(line))
    .toSorted();
}

/** The steps that saw something else after the rename. */
function differences(
  before: readonly string[],
  then: readonly string[],
  { kind, from }: NewName,
): readonly string[] {
  const other = before.filter((step) => !then.includes(step));
  return [
    ...other.map((step) => `${kind} ${from}:\n${step}\nis not in\n${then.join('\n')}`),
    ...(before.length === then.length ? [] : [`${kind} ${from}: another number of steps`]),
  ];
}

test.skipIf(real === undefined)(
  'a renamed file does what it did before',
  async () => {
    if (real === undefined) return;
    const { engine, address } = real;
    const files = chosen();
    const programs = files.flatMap(({ text }) =>
      document('Dockerfile', text)
        .model.commands()
        .map(({ name }) => name),
    );
    const docker = (...args: string[]) => run('docker', ['--host', address.url, ...args]);
    await importShowingImage(base, programs, docker);
    const different: string[] = [];
    let scripts = 0;
    let built = 0;
    for (const { text, renames } of files) {
      const before = await seen(engine, text);
      scripts += before.filter((step) => /\nCMD |\nVAR /.test(step)).length;
      if (before.at(-1) === 'built') built++;
      for (const { name, after } of renames) {
        const then = await seen(engine, after, name);
        different.push(...differences(before, then, name));
      }
    }
    await docker('image', 'rm', '--force', base);
    const { renamed, asked, refused } = counts;
    console.log(
      `${String(renamed)} renames in ${String(files.length)} files, ${String(built)} files built to the end, ` +
        `${String(scripts)} scripts compared, ${String(different.length)} differences; ` +
        `${String(asked)} renames with a question and ${String(refused)} refused were not built`,
    );
    expect(different).toEqual([]);
    expect(scripts).toBeGreaterThan(files.length);
  },
  3_600_000,
);
