/** Times our reading of Dockerfiles and a peer's in one process, in turns, so that a busy machine hurts both. */
import { understand } from '../../server/src/model/understand.ts';
import { parse } from '../../server/src/syntax/parse.ts';

/** As many as for linting: until V8 has compiled all of it, what is measured is V8. */
const rounds = 25;

/** What is read of the peer's tree, as its own users read it. */
export interface PeerTree {
  getInstructions(): readonly { getArguments(): unknown; getVariables(): unknown }[];
}

/** Milliseconds of the processor, collecting garbage included: what else the machine does counts for nobody. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Tree and model, with what holds at every instruction; bodies of RUN stay unread until somebody asks. */
function ours(text: string): void {
  const model = understand(parse(text));
  for (const instruction of model.each()) model.stateAt(instruction);
}

/** The same, and the script of every instruction that has one. */
function oursWithScripts(text: string): void {
  const model = understand(parse(text));
  for (const instruction of model.each()) {
    model.stateAt(instruction);
    model.script(instruction);
  }
}

/** Best of several rounds of each work over all texts, in milliseconds; the first, cold round counts for none. */
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

/** Milliseconds for all texts: ours without and with the bodies of RUN, and the peer's. */
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

/** Long files of some shapes, for growth: each is made with a number of its parts. */
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

/** How much longer twice as many parts take, for each shape, with the times themselves. */
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
      // As much work on either side, or garbage would be collected on one only.
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
