/**
 * Why this file exists: a link carries a program in its fragment, which no server ever sees; a VS Code with Loopscope
 * opens it as a new text and plays it. Nothing of it is run.
 */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import * as vscode from 'vscode';
import { t } from '../base/words';
import { isUnderstood } from './languages';

const extensionId = 'loopscope.loopscope';
/** What mail programs and chats leave whole, and what such a link may unpack to. */
const longestLink = 30_000;
const longestText = 1_000_000;

/** The extension host has others to serve meanwhile. */
const [pack, unpack] = [promisify(deflateRaw), promisify(inflateRaw)];

/** `vscode://loopscope.loopscope/typescript#…`; undefined when it would be too long. */
async function linkOf(
  { languageId, text }: { readonly languageId: string; readonly text: string },
): Promise<string | undefined> {
  if (text.length > longestText) return undefined;
  const link = `${vscode.env.uriScheme}://${extensionId}/${languageId}#${(await pack(text)).toString('base64url')}`;
  return link.length > longestLink ? undefined : link;
}

/** Copies a link to the program in a document. */
export async function copyProgramLink(document: vscode.TextDocument | undefined): Promise<void> {
  if (document === undefined || !isUnderstood(document)) {
    say('info', t('Open a TypeScript or JavaScript file first.'));
    return;
  }
  const link = await linkOf({ languageId: document.languageId, text: document.getText() });
  if (link === undefined) {
    say('info', t('The file is too long for a link: save the animation as a page instead.'));
    return;
  }
  await vscode.env.clipboard.writeText(link);
  say('check', t('A link to this program is in the clipboard.'));
}

function say(icon: string, sentence: string): void {
  vscode.window.setStatusBarMessage(`$(${icon}) ${sentence}`, 6000);
}

interface Program {
  readonly language: string;
  readonly content: string;
}

/** The program of a link, which anybody may have written; undefined when it carries none. */
async function programIn(link: vscode.Uri): Promise<Program | undefined> {
  const language = link.path.slice(1);
  if (!['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].includes(language)) return undefined;
  try {
    const bytes = await unpack(Buffer.from(link.fragment, 'base64url'), { maxOutputLength: longestText });
    const content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return content === '' ? undefined : { language, content };
  } catch {
    return undefined;
  }
}

/** For a link that the system did not hand over: it is asked for, unless it is given. */
export async function askForProgramLink(given: unknown): Promise<void> {
  const form = `${vscode.env.uriScheme}://${extensionId}/typescript#…`;
  const link = typeof given === 'string' ? given : await vscode.window.showInputBox({ prompt: t('The link that Loopscope copied: {0}', form) });
  if (link !== undefined) await openProgramLink(vscode.Uri.parse(link.trim()));
}

/** Opens a link's program as a new text and plays the whole of it. */
export async function openProgramLink(link: vscode.Uri): Promise<void> {
  const program = await programIn(link);
  if (program === undefined) {
    void vscode.window.showWarningMessage(t('The link carries no program that Loopscope can read: copy it again, whole.'));
    return;
  }
  const document = await vscode.workspace.openTextDocument(program);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await vscode.commands.executeCommand('loopscope.visualize', { uri: document.uri.toString(), at: { kind: 'file' } });
}
