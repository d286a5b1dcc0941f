/** Settings that change how rows are displayed but not which data is read. */
export const displaySettings = [
  'containers.show',
  'containers.groupBy',
  'containers.groupByLabel',
  'containers.sortBy',
  'containers.columns',
  'images.groupBy',
  'images.sortBy',
  'images.columns',
  'images.showDangling',
] as const;
