/** Measures our parser and a peer's in one process, alternately, so that load on the machine affects both. */
import { createModel } from '../../server/src/model/lazy-model.ts';
import { parse } from '../../server/src/syntax/parse.ts';

/** Enough rounds for V8 to compile all code; before, mainly its compiler is measured. */
const rounds = 25;

/** The part of the peer's tree that its users read. */
export interface PeerTree {
  getInstructions(): readonly { getArguments(): unknown; getVariables(): unknown }[];
}

/** CPU milliseconds, including garbage collection; other load on the machine does not count. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Tree and model, with the state at every instruction; scripts in RUN are parsed only on demand. */
function ours(text: string): void {
  const model = createModel(parse(text));
  for (const instruction of model.each()) model.stateAt(instruction);
}

/** The same, with the script of every instruction. */
function oursWithScripts(text: string): void {
  const model = createModel(parse(text));
  for (const instruction of model.each()) {
    model.stateAt(instruction);
    model.script(instruction);
  }
}

/** Best of several rounds of each function over all texts, in milliseconds; the first round is not counted. */
function best(texts: readonly string[], works: readonly ((text: string) => void)[]): number[] {
  const times = works.map(() => Infinity);
  for (let round = 0; round <= rounds; round++) {
    works.forEach((work, i) => {
      const time = milliseconds(() => texts.forEach(work));
      if (round > 0) times[i] = Math.min(times[i] ?? Infinity, time);
    });
  }
  return times;
}

export interface Speeds {
  readonly parsing: number;
  readonly scripts: number;
  readonly peer: number;
}

/** Milliseconds for all texts: ours without and with scripts, and the peer's. */
export function compare(texts: readonly string[], peer: (text: string) => PeerTree): Speeds {
  const theirs = (text: string): void => {
    for (const instruction of peer(text).getInstructions()) {
      instruction.getArguments();
      instruction.getVariables();
    }
  };
  const [parsing = 0, scripts = 0, other = 0] = best(texts, [ours, oursWithScripts, theirs]);
  return { parsing, scripts, peer: other };
}

function each(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join('');
}

const kinds = [
  'RUN apt-get update && apt-get install -y curl\n',
  'ENV A=$A:b\n',
  'COPY --chown=a:b a b /c/\n',
  'ARG B=${A:-c}\n',
  'LABEL a="b" c=d\n',
];

interface Shape {
  readonly parts: number;
  readonly make: (parts: number) => string;
}

/** Generators of long files with a given number of parts, to measure growth. */
const shapes: Readonly<Record<string, Shape>> = {
  instructions: {
    parts: 10_000,
    make: (parts) => 'FROM a\n' + each(parts, (i) => kinds[i % kinds.length] ?? ''),
  },
  'lines of one RUN': {
    parts: 10_000,
    make: (parts) => `FROM a\nRUN true \\\n${'  && echo hello \\\n'.repeat(parts)}  && true\n`,
  },
  'kB of a heredoc': {
    parts: 500,
    make: (parts) => `FROM a\nRUN <<E\n${`${'echo hello '.repeat(9)}\n`.repeat(parts * 10)}E\n`,
  },
  'kB of a COPY heredoc': {
    parts: 500,
    make: (parts) => `FROM a\nCOPY <<E /a\n${`${'a $B ${C} '.repeat(10)}\n`.repeat(parts * 10)}E\n`,
  },
  stages: {
    parts: 10_000,
    make: (parts) => each(parts, (i) => `FROM s${i - 1} AS s${i}\nRUN a\nCOPY --from=s0 . .\n`),
  },
  words: { parts: 10_000, make: (parts) => `FROM a\nENV ${each(parts, (i) => `A${i}=$B `)}\n` },
};

/** The times for a number of parts and for twice as many, for each shape. */
export function growth(): readonly {
  readonly shape: string;
  readonly parts: number;
  readonly once: number;
  readonly twice: number;
}[] {
  return Object.entries(shapes).map(([shape, { parts, make }]) => {
    const small = make(parts);
    const large = make(2 * parts);
    let once = Infinity;
    let twice = Infinity;
    for (let round = 0; round <= rounds; round++) {
      // The same amount of work on both sides, so that garbage collection affects both.
      const two = milliseconds(() => [small, small].forEach(ours));
      once = Math.min(once, two / 2);
      twice = Math.min(
        twice,
        milliseconds(() => ours(large)),
      );
    }
    return { shape, parts: 2 * parts, once, twice };
  });
}
