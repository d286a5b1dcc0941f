/** The rules with all that they say of themselves: a bundle of its own, since linting needs none of it. */
import { explain } from '../lint/explain.ts';
import { rules } from '../rules/index.ts';

export { rules };

/** The page of a rule as Markdown; undefined where no rule has this id. */
export function page(id: string): string | undefined {
  const registered = rules.find((one) => one.id === id);
  return registered && explain(registered);
}
