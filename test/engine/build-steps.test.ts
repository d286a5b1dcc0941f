/**
 * Multi-stage Dockerfiles built by real engines: each step leads to its instruction. The instructions carry their line in
 * what is built, so that the engine says which one it runs; the names of the steps are read without it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { document, type Document } from '../../server/src/model/document.ts';
import { stageBases } from '../../server/src/outcome/stage-bases.ts';
import { instructionOfStep } from '../../server/src/outcome/steps.ts';
import type { Instruction, Word } from '../../server/src/syntax/tree.ts';
import { applyEdits, insert, replace, type Edit } from '../../server/src/text/edit.ts';
import { buildFiles } from '../build-files.ts';
import { someDockerfiles } from '../dockerfiles.ts';
import { startEngines, type StartedEngine } from './two-engines.ts';

/** A program for x86-64 that only exits with 0: the shell of the base image, so that every RUN succeeds. */
const succeeds = Buffer.from(
  'f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAeABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAABAAAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAhAAAAAAAAACEAAAAAAAAAAAQAAAAAAAAMf+4PAAAAA8FAAA=',
  'base64',
);

const engines = process.arch === 'x64' ? await startEngines() : [];
await Promise.all(engines.map(importBase));
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

async function importBase(engine: StartedEngine): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-steps-'));
  const shells = ['sh', 'bash', 'ash', 'dash', 'zsh', 'powershell', 'pwsh', 'cmd'];
  const files = shells.map((name) => fileEntry(`bin/${name}`, succeeds, 0o755));
  const tar = path.join(folder, 'base.tar');
  await writeFile(
    tar,
    packTar([
      fileEntry('file', 'file'),
      fileEntry('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'),
      ...files,
    ]),
  );
  await engine.docker('import', '--change', 'ENV PATH=/bin', tar, 'base:local');
  await rm(folder, { recursive: true });
}

interface Prepared {
  /** What is built. */
  readonly marked: string;
  /** The same without the lines in it. */
  readonly plain: Document;
}

/** With a base that exists, and with sources that exist. */
function prepare(text: string): Prepared {
  const original = document('Dockerfile', text.replace(/^#\s*syntax\s*=.*$/im, '#'));
  const bases = stageBases(original, {});
  const edits: Edit[] = [];
  const marks: Edit[] = [];
  for (const stage of original.model.stages) {
    const base = bases[stage.index];
    const { image, flags } = stage.from;
    if (image && base?.stage === undefined && base?.isScratch !== true)
      edits.push(replace(image.span, 'base:local'));
    for (const { span } of flags) edits.push(replace(span, ''));
    for (const instruction of stage.instructions) {
      edits.push(...sourceEdits(original, instruction));
      marks.push(...markEdits(original, instruction));
    }
  }
  return {
    marked: applyEdits(original.text, [...edits, ...marks]),
    plain: document('Dockerfile', applyEdits(original.text, edits)),
  };
}

function sourceEdits({ model }: Document, instruction: Instruction): readonly Edit[] {
  const references = model.references().filter((one) => one.instruction === instruction);
  const images = references
    .filter(({ to }) => to?.kind !== 'stage')
    .map(({ span }) => replace(span, 'base:local'));
  if (instruction.kind !== 'COPY' && instruction.kind !== 'ADD') return images;
  const name = references.length > 0 ? '/file' : 'file';
  const own = (word: Word): Edit => replace(word.span, instruction.json ? `"${name}"` : name);
  const isKept = ({ name: flag }: (typeof instruction.flags)[number]): boolean =>
    flag.text === 'from';
  const flags = instruction.flags
    .filter((flag) => !isKept(flag))
    .map(({ span }) => replace(span, ''));
  return [...images, ...instruction.sources.map(own), ...flags];
}

function markEdits({ lines }: Document, instruction: Instruction): readonly Edit[] {
  const line = String(lines.positionAt(instruction.span.start).line);
  switch (instruction.kind) {
    case 'RUN':
      if (instruction.command?.form !== 'shell' || instruction.heredocs.length > 0) return [];
      return [insert(instruction.command.span.start, `: L${line}L; `)];
    case 'COPY':
    case 'ADD':
      return [insert(instruction.keyword.span.end, ` --chown=${line}:7777`)];
    case 'WORKDIR':
      return instruction.args[0]?.raw.endsWith('"') === false
        ? [insert(instruction.args[0].span.end, `/L${line}L`)]
        : [];
    default:
      return [];
  }
}

const marker = /: L(\d+)L; | --chown=(\d+):7777|\/L(\d+)L/;

/** Each build takes a second or more; `DRYDOCK_BUILDS=all` builds more files. */
const all = process.env.DRYDOCK_BUILDS === 'all';
const most = all ? 60 : 8;
const mostOwn = all ? 30 : 8;

const files = someDockerfiles(444)
  .filter((text) => (text.match(/^\s*FROM\s/gim)?.length ?? 0) > 1)
  .slice(0, most);
const own = repeatedStages();

/** Stages with many equal instructions, arguments in names, and stages that are built from stages. */
function repeatedStages(): readonly string[] {
  return Array.from({ length: mostOwn }, (_, seed) => {
    const stages = Array.from({ length: 2 + (seed % 4) }, (_, i) => {
      const from = i > 0 && (seed + i) % 3 === 0 ? `s${String(i - 1)}` : 'debian:${TAG}';
      const name =
        (seed + i) % 5 === 4
          ? ''
          : ` AS ${(seed + i) % 2 === 0 ? `s${String(i)}` : `S${String(i)}`}`;
      const runs = Array.from(
        { length: 1 + ((seed * 7 + i) % 11) },
        (_, n) =>
          [
            'RUN make \\\n  # all\n  all',
            'ENV A=b$A',
            'RUN echo $A "${B:-c}"',
            'COPY a \\\n  b /c/',
            'WORKDIR /srv/$A',
            'ARG B=1',
            'RUN make all',
            'LABEL a="b"',
            'RUN ["make"]',
          ][(seed + n * (i + 2)) % 9] ?? '',
      );
      const copy = i > 0 && (seed + i) % 2 === 1 ? [`COPY --from=${String(i - 1)} /a /b`] : [];
      return [`FROM ${from}${name}`, ...runs, ...copy].join('\n');
    });
    return `ARG TAG=12\n${stages.join('\n\n')}\n`;
  });
}

describe.each(engines)('engine $version', ({ engine, version }) => {
  test.each([
    ['real files', files, 5],
    ['files with equal instructions', own, mostOwn],
  ] as const)('leads from each step to its instruction in %s', async (_, texts, least) => {
    const wrong: string[] = [];
    let builds = 0;
    let steps = 0;
    for (const text of texts) {
      // This engine has no heredocs.
      if (
        version === '20.10' &&
        document('', text).tree.instructions.some(({ heredocs }) => heredocs.length > 0)
      )
        continue;
      const { marked, plain } = prepare(text);
      builds++;
      for (const name of await stepNames(engine, marked)) {
        const found = marker.exec(name);
        const line = found?.slice(1).find(Boolean);
        if (found === null || line === undefined) continue;
        const instruction = instructionOfStep(plain, name.replace(marker, ''));
        const actual = instruction && plain.lines.positionAt(instruction.span.start).line;
        steps++;
        if (actual !== Number(line)) wrong.push(`${name}: line ${line}, not ${String(actual)}`);
      }
    }
    console.log(
      `${version}: ${String(steps)} steps of ${String(builds)} files, ${String(wrong.length)} wrong`,
    );
    expect(wrong).toEqual([]);
    expect(builds).toBeGreaterThanOrEqual(least);
    expect(steps).toBeGreaterThan(builds);
  });
});

/** The names of all steps that ran; a build may fail later, as some programs of a base image are missing. */
async function stepNames(
  engine: StartedEngine['engine'],
  dockerfile: string,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    for await (const event of buildFiles(engine, {
      Dockerfile: dockerfile,
      file: 'file',
      a: 'a',
      b: 'b',
    }))
      if (event.kind === 'step') names.add(event.name);
  } catch {
    // The steps before the failure are compared.
  }
  return names;
}
