/** The builds of the services in a compose file. */
import { resolve } from 'node:path';

export interface ComposeBuild {
  /** The compose file. */
  readonly file: string;
  /** The name of the image; absent if compose makes one from the project. */
  readonly image?: string;
  /** Absolute. */
  readonly context: string;
  /** Absolute. */
  readonly dockerfile: string;
  readonly target?: string;
  /** `NAME=value`. */
  readonly args: readonly string[];
}

/** The builds of a file; none if it cannot be read. Services with variables in their paths are left out. */
export async function composeBuilds(text: string, file: string): Promise<readonly ComposeBuild[]> {
  if (!/^\s*build\s*:/m.test(text)) return [];
  const { parse } = await import('yaml');
  try {
    const whole: unknown = parse(text, { maxAliasCount: 100 });
    const services = property(whole, 'services');
    return Object.values(isObject(services) ? services : {}).flatMap((service) =>
      buildOf(service, file),
    );
  } catch {
    // The editor reports that the file is not valid.
    return [];
  }
}

function buildOf(service: unknown, file: string): readonly ComposeBuild[] {
  const build = property(service, 'build');
  const place = typeof build === 'string' ? build : (textOf(property(build, 'context')) ?? '.');
  const name = textOf(property(build, 'dockerfile')) ?? 'Dockerfile';
  if (build === undefined || build === null || /[$]|:\/\//.test(place + name)) return [];
  const context = resolve(file, '..', place);
  const image = textOf(property(service, 'image'));
  const target = textOf(property(build, 'target'));
  return [
    {
      file,
      context,
      dockerfile: resolve(context, name),
      args: argumentsOf(property(build, 'args')),
      ...(image !== undefined && !image.includes('$') && { image }),
      ...(target !== undefined && { target }),
    },
  ];
}

/** A list, or a map in which a name without a value has that of the environment. */
function argumentsOf(args: unknown): readonly string[] {
  const all = Array.isArray(args)
    ? args.filter((one): one is string => typeof one === 'string')
    : Object.entries(isObject(args) ? args : {}).map(([name, value]) => {
        const isValue = /^(?:string|number|boolean)$/.test(typeof value);
        return isValue ? `${name}=${value as string | number | boolean}` : name;
      });
  return all.filter((one) => !one.includes('$'));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function property(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
