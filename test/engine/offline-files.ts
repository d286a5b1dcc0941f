/** Dockerfiles of the project, changed so that an engine without a network builds them: their programs only print their calls. */
import { document } from '../../server/src/model/document.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import { applyEdits, remove, replace, type Edit } from '../../server/src/text/edit.ts';

export interface OfflineFile {
  readonly text: string;
  /** Programs that the base image must have: names, or absolute paths. */
  readonly programs: readonly string[];
  readonly users: readonly string[];
  /** Files of the build context. */
  readonly sources: readonly string[];
}

/** The name of the image that replaces the base images. */
export const offlineBase = 'offline-base';

/** Undefined for files that BuildKit rejects, and those for Windows. */
export function offlineFile(written: string): OfflineFile | undefined {
  const text = written.replace(/^#\s*(?:syntax|check)\s*=.*\n/gim, '');
  const { model } = document('', text);
  if (model.tree.errors.length > 0 || model.tree.escape !== '\\') return undefined;
  const edits: Edit[] = [];
  for (const { from, base, image } of model.stages) {
    for (const { span } of from.flags) edits.push(remove({ start: span.start, end: span.end + 1 }));
    if (from.image && base?.kind !== 'stage' && image !== 'scratch')
      edits.push(replace(from.image.span, offlineBase));
  }
  const kept: Instruction[] = [];
  for (const instruction of model.each()) {
    if (instruction.onbuild === true) continue;
    if (isOffline(instruction, text)) kept.push(instruction);
    else edits.push(remove(instruction.span));
  }
  const users = new Set<string>();
  const programs = new Set<string>();
  const sources = new Set<string>();
  for (const instruction of kept) {
    if (instruction.kind === 'USER') users.add(instruction.args[0]?.text.split(':')[0] ?? '');
    if (instruction.kind === 'RUN')
      for (const { command } of model.commandsIn(instruction))
        programs.add(command.name?.text ?? '');
    if (instruction.kind === 'COPY' || instruction.kind === 'ADD') {
      for (const { text: source } of instruction.sources) sources.add(source);
      const owner = instruction.flags.find(({ name }) => name.text === 'chown')?.value?.text;
      users.add(owner?.split(':')[0] ?? '');
    }
  }
  return {
    text: applyEdits(text, edits),
    programs: [...programs].filter((name) => /^(?:\/)?[\w.+/-]+$/.test(name)),
    users: [...users].filter((name) => /^[a-z]\w*$/i.test(name)),
    sources: [...sources],
  };
}

/** Whether an instruction needs neither the network nor files that other steps would have created. */
function isOffline(instruction: Instruction, text: string): boolean {
  const written = text.slice(instruction.span.start, instruction.span.end);
  switch (instruction.kind) {
    case 'ADD':
    case 'COPY':
      return !/--from|:\/\/|git@|\.tar|\.t[gx]z|\$/.test(written);
    case 'RUN':
      return (
        instruction.command?.form === 'shell' &&
        !/from=|type=bind|required|--network|--security|(?:^|[\s;&|(])(?:\.\/|cd |pushd |source |\. )|\[\[|<\(/.test(
          written,
        )
      );
    default:
      return true;
  }
}
