import { describe, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import columns from '../commands/containers/columns.ts';
import filter from '../commands/containers/filter.ts';
import groupBy from '../commands/containers/group-by.ts';
import dangling from '../commands/images/dangling.ts';

describe('how views look', () => {
  test('is chosen and kept as settings', async () => {
    const t = trial({}, ['Image', 'Name|Image|Ports', undefined]);
    await t.run(groupBy);
    await t.tools.editor.prefer('containers.columns', ['ports', 'state']);
    await t.run(columns);
    await t.run(dangling);
    expect(t.seen.filter((line) => line.startsWith('prefer'))).toEqual([
      'prefer: containers.groupBy = "image"',
      'prefer: containers.columns = ["ports","state"]',
      'prefer: containers.columns = ["ports","image"]',
      'prefer: images.showDangling = false',
    ]);
  });

  test('a filter is kept in the workspace and drawn at once', async () => {
    const t = trial({}, [' web ']);
    await t.run(filter);
    expect(t.tools.editor.recall('filter.containers')).toBe('web');
    expect(t.seen.at(-1)).toBe('redraw');
  });
});

test('containers are grouped by a label that is asked for', async () => {
  const t = trial({}, ['Label', ' team ']);
  await t.run(groupBy);
  expect(t.seen.filter((line) => line.startsWith('prefer'))).toEqual([
    'prefer: containers.groupBy = "label"',
    'prefer: containers.groupByLabel = "team"',
  ]);
});
