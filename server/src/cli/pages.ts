/** The rules with their documentation. A separate bundle, since linting does not need it. */
import { explain } from '../lint/explain.ts';
import { rules } from '../rules/index.ts';

export { rules };

/** The page of a rule as Markdown; undefined if no rule has this id. */
export function page(id: string): string | undefined {
  const registered = rules.find((one) => one.id === id);
  return registered && explain(registered);
}
