/** The types of what is dragged and dropped. */

/** Files of containers that are dragged between rows, as JSON. */
export const rowsType = 'application/vnd.drydock.files';
/** What the Explorer and the desktop pass on. */
export const uriList = 'text/uri-list';
