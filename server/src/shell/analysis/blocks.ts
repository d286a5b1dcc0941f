/** The blocks of a script: loops, conditions, groups. */
import type { Block, Statement } from '../script.ts';

/** Every block, outer blocks first, without those in substitutions. */
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
