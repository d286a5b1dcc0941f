/**
 * Whether a build needs its whole context, without the parser, which is not loaded here. The answer decides only where BuildKit
 * keeps its copy of the files (`shared-key.ts`), so `false` is never wrong.
 */

interface Stage {
  readonly name: string | undefined;
  /** The names of stages that it needs, or of images. */
  readonly uses: readonly string[];
  readonly needsAll: boolean;
}

/** True if a stage that the target needs copies the context itself: `COPY . /app`. */
export function needsWholeContext(text: string, target = ''): boolean {
  const stages = stagesOf(instructionsOf(text));
  const wanted = target === '' ? stages.length - 1 : indexOf(stages, target, stages.length);
  const open = [wanted];
  const seen = new Set<number>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const stage = stages[at];
    if (stage === undefined || seen.has(at)) continue;
    if (stage.needsAll) return true;
    seen.add(at);
    for (const name of stage.uses) open.push(indexOf(stages, name, at));
  }
  return false;
}

/** The last stage before `end` with this name, or the one with this number; -1 if there is none. */
function indexOf(stages: readonly Stage[], name: string, end: number): number {
  const wanted = name.toLowerCase();
  for (let i = end - 1; i >= 0; i--) if (stages[i]?.name === wanted) return i;
  return /^\d+$/.test(name) && Number(name) < end ? Number(name) : -1;
}

function stagesOf(instructions: readonly string[]): readonly Stage[] {
  const stages: { name: string | undefined; uses: string[]; needsAll: boolean }[] = [];
  for (const instruction of instructions) {
    const [keyword = '', ...words] = instruction.trim().split(/\s+/);
    const flags = words.filter((word) => word.startsWith('--'));
    const rest = words.slice(flags.length);
    const last = stages.at(-1);
    if (/^from$/i.test(keyword)) {
      const name = /^as$/i.test(rest[1] ?? '') ? rest[2]?.toLowerCase() : undefined;
      stages.push({ name, uses: [rest[0] ?? ''], needsAll: false });
    } else if (last && /^(?:copy|add|run)$/i.test(keyword)) {
      const from = flags.flatMap((flag) => /(?:^--|[=,])from=([^,]+)/.exec(flag)?.[1] ?? []);
      last.uses.push(...from);
      const isCopy = !/^run$/i.test(keyword) && from.length === 0;
      last.needsAll ||= isCopy && sourcesOf(rest).some((source) => /^[./]*$/.test(source));
    }
  }
  return stages;
}

/** All but the last word of COPY or ADD, which can be written as a JSON array. */
function sourcesOf(words: readonly string[]): readonly string[] {
  if (words[0]?.startsWith('[') !== true) return words.slice(0, -1);
  try {
    const list: unknown = JSON.parse(words.join(' '));
    return Array.isArray(list) ? list.slice(0, -1).map(String) : [];
  } catch {
    return [];
  }
}

/** The instructions without comments and line breaks, and without the text of heredocs. */
function instructionsOf(text: string): readonly string[] {
  const escape = /^\s*#\s*escape\s*=\s*`/im.test(text) ? '`' : '\\';
  const found: string[] = [];
  let current = '';
  let ends: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [end] = ends;
    if (end !== undefined) {
      if (line.replace(/^\t+/, '') === end) ends = ends.slice(1);
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const trimmed = line.trimEnd();
    const isContinued = trimmed.endsWith(escape);
    current += isContinued ? `${trimmed.slice(0, -1)} ` : trimmed;
    if (isContinued) continue;
    ends = Array.from(current.matchAll(/<<-?["']?(\w+)["']?/g), ([, word = '']) => word);
    found.push(current);
    current = '';
  }
  return found;
}
