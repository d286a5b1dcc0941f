/** Replaces the native @vscode/native-watchdog, which ends an extension host whose parent died; the server does that too. */
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
