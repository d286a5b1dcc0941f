import { describe, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import columns from '../commands/containers/columns.ts';
import filter from '../commands/containers/filter.ts';
import groupBy from '../commands/containers/group-by.ts';
import dangling from '../commands/images/dangling.ts';

describe('view options', () => {
  test('are saved as settings', async () => {
    const t = trial({}, ['Image', 'Name|Image|Ports', undefined]);
    await t.run(groupBy);
    await t.tools.editor.updateSetting('containers.columns', ['ports', 'state']);
    await t.run(columns);
    await t.run(dangling);
    expect(t.seen.filter((line) => line.startsWith('set'))).toEqual([
      'set: containers.groupBy = "image"',
      'set: containers.columns = ["ports","state"]',
      'set: containers.columns = ["ports","image"]',
      'set: images.showDangling = false',
    ]);
  });

  test('a filter is saved in the workspace and applied at once', async () => {
    const t = trial({}, [' web ']);
    await t.run(filter);
    expect(t.tools.editor.getState('filter.containers')).toBe('web');
    expect(t.seen.at(-1)).toBe('redraw');
  });
});

test('asks for the label to group containers by', async () => {
  const t = trial({}, ['Label', ' team ']);
  await t.run(groupBy);
  expect(t.seen.filter((line) => line.startsWith('set'))).toEqual([
    'set: containers.groupBy = "label"',
    'set: containers.groupByLabel = "team"',
  ]);
});
