// Stands in for the `vscode` module in unit tests: only what the tested files touch when they are loaded.
export const extensions = { getExtension: () => undefined };
export const workspace = { workspaceFolders: undefined };
export class Disposable {}
