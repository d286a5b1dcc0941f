/** Adds an option to a command. */
import type { CommandAt } from '../../model/model.ts';
import { insert, type Edit } from '../../text/edit.ts';

/** An option more, as part of the letters that are there already. */
export function withOption({ command }: CommandAt, letter: string): Edit | undefined {
  const { name, args } = command;
  const letters = args.find(({ text, raw }) => text === raw && /^-[a-zA-Z]+$/.test(text));
  if (letters && letters === args[0]) return insert(letters.span.start + 1, letter);
  return name && insert(name.span.end, ` -${letter}`);
}
