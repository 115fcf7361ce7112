/** Why this file exists: which documents are Loopscope's business. */
import type * as vscode from 'vscode';

/** The languages that Loopscope understands, as VS Code names them. */
export const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

export const documentSelector = languages.map((language) => ({ language }));

export function isUnderstood({ languageId }: vscode.TextDocument): boolean {
  return languages.some((language) => language === languageId);
}
