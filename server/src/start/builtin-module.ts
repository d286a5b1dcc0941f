/** Modules of Node.js that are loaded when they are needed, since start-up time dominates most runs. */

interface Runtime {
  readonly getBuiltinModule?: (name: string) => object;
}

/** Returns what `require` returns; an unknown name throws. */
export const builtinModule = ((name: string): object => {
  const runtime: Runtime = process;
  // Added in Node.js 20.16; VS Code before 1.94 contains an older one.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundles are CommonJS
  return runtime.getBuiltinModule?.(name) ?? (require(name) as object);
}) as typeof process.getBuiltinModule;
