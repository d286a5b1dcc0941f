/** The blocks of a script: loops, conditions, groups. */
import type { Block, Statement } from '../script.ts';

/** Every block, the outer before the inner; not those that a substitution runs. */
export function* blocksIn(statements: readonly Statement[]): Iterable<Block> {
  for (const statement of statements) {
    if (statement.kind === 'command') continue;
    if (statement.kind !== 'block') yield* blocksIn(statement.parts);
    else {
      yield statement;
      yield* blocksIn(statement.bodies);
    }
  }
}
