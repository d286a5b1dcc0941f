/** Adds an option to a command. */
import type { CommandAt } from '../../model/model.ts';
import { insert, type Edit } from '../../text/edit.ts';

/** Adds short options to the first word of short options, or after the name. */
export function addOption({ command }: CommandAt, wanted: string): Edit | undefined {
  const { name, args } = command;
  const letters = args.find(({ text, raw }) => text === raw && /^-[a-zA-Z]+$/.test(text));
  if (letters && letters === args[0]) return insert(letters.span.start + 1, wanted);
  return name && insert(name.span.end, ` -${wanted}`);
}
