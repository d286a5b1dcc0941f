/** Flags of instructions. */
import type { Document } from '../../model/document.ts';
import type { Reference } from '../../model/model.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';

/** The value of a flag: `--chown=a`. */
export function flagValue({ flags }: Instruction, name: string): Word | undefined {
  return flags.find((one) => one.name.text === name)?.value;
}

/** The first source of files that an instruction names with `--from` or `from=`. */
export function fromReference(
  { model }: Document,
  instruction: Instruction,
): Reference | undefined {
  return model.references().find((one) => one.instruction === instruction);
}

/** An option of `--mount`, such as `id=token`. */
export interface MountOption {
  readonly type: string;
  readonly options: ReadonlyMap<string, string>;
  /** The value of an option; the whole value of the flag if it is not written. */
  spanOf(name: string): Span;
}

/** The mounts of a RUN. */
export function mountsOf({ flags }: Instruction, { text }: Document): readonly MountOption[] {
  return flags.flatMap(({ name, value }) => {
    if (name.text !== 'mount' || value === undefined) return [];
    const written = text.slice(value.span.start, value.span.end);
    const options = new Map(
      [...written.matchAll(/(?:^|,|["'])([\w-]+)(?:=([^,"']*))?/g)].map(
        ([, key = '', own = '']) => [key, own] as const,
      ),
    );
    const spanOf = (option: string): Span => {
      const found = new RegExp(`(?:^|[,"'])${option}=([^,"']*)`).exec(written);
      const end = found === null ? 0 : value.span.start + found.index + found[0].length;
      return found === null ? value.span : { start: end - (found[1]?.length ?? 0), end };
    };
    return [{ type: options.get('type') ?? 'bind', options, spanOf }];
  });
}
