/**
 * Why this file exists: who uses a name of CommonJS in an ES module is told so, once the error leaves the module. Node
 * 20.20: lib/internal/modules/esm/module_job.js (explainCommonJSGlobalLikeNotDefinedError).
 */
import { lookOutside, readOutside } from './outside';
import { NativeReferenceError, hide } from './primordials';
import { directoryOf, type ModuleSource } from './program-modules';

const namesOfCommonJs = ['require', 'module', 'exports', '__filename', '__dirname'];

/** The nearest `package.json` below the program's folder, with its text. */
function packageOf(path: string): { readonly place: string; readonly text: string } | undefined {
  for (let folder = directoryOf(path); /^\/project(?:\/|$)/.test(folder); folder = directoryOf(folder)) {
    const place = `${folder}/package.json`;
    const below = place.slice('/project/'.length);
    if (lookOutside(below)?.kind === 'file') return { place, text: String.fromCharCode(...readOutside(below)) };
  }
  return undefined;
}

function isOfModules(text: string): boolean {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type === 'module'; // whatever it holds
  } catch {
    return false;
  }
}

/** The error is changed in place, as there; its stack shows it if nobody has read it. */
export function explainLeaving(error: unknown, { path }: ModuleSource): void {
  if (!(error instanceof NativeReferenceError) || error.name !== 'ReferenceError') return;
  if (!namesOfCommonJs.some((name) => error.message === `${name} is not defined`)) return;
  const isRequire = error.message.startsWith('require ');
  const message = `${error.message} in ES module scope${isRequire ? ', you can use import instead' : ''}`;
  hide(error, 'message', message);
  const found = path.endsWith('.js') ? packageOf(path) : undefined;
  if (found === undefined || !isOfModules(found.text)) return;
  const why = `This file is being treated as an ES module because it has a '.js' file extension and '${found.place}' contains ` +
    `"type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
  hide(error, 'message', `${message}\n${why}`);
}
