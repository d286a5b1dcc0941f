/** What the parts of a request have in common. */
import { bindingsOf, portRuleOf, type Binding } from './ports.ts';
import { all, type RunSpec } from './spec.ts';

/** What lies outside the spec. */
export interface Outside {
  /** Variables that `-e NAME` takes over. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Texts of the files that the spec names, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** A property that is there only with a value. */
export function given(name: string, value: unknown): object {
  return value === undefined || value === '' ? {} : { [name]: value };
}

export function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

/** All ports that `-p` asks for, one number at a time. */
export function bindings(spec: RunSpec): readonly Binding[] {
  return all(spec, 'publish').flatMap((text) => {
    const rule = portRuleOf(text);
    return typeof rule === 'string' ? [] : bindingsOf(rule);
  });
}
