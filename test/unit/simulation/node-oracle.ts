/**
 * Why this file exists: real Node runs the fixtures, two at a time, and what it prints is what the simulation must
 * print. TypeScript's own compiler takes the types away; plain JavaScript runs as it is.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import type { FixtureProgram, ProgramFile } from './programs';

export interface NodeAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | 'killed';
}

const lanes = 2;
const killAfterMs = 10_000;

/** What Node prints for each program, by name. */
export async function runAllInNode(programs: readonly FixtureProgram[]): Promise<ReadonlyMap<string, NodeAnswer>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-node-'));
  const answers = new Map<string, NodeAnswer>();
  const queue = programs.entries();
  async function lane(): Promise<void> {
    for (const [index, program] of queue) {
      const root = path.join(folder, String(index));
      const answer = await runNode(written(program, root));
      answers.set(program.name, { ...answer, stderr: answer.stderr.replaceAll(root, insideProject(program.entry)) });
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the simulation calls the folder of a program: its place below the nearest one with a package.json. */
function insideProject(entry: string): string {
  const folder = path.dirname(entry);
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(path.join(at, 'package.json'))) return path.posix.join('/project', path.relative(at, folder));
  }
  return '/project';
}

/** Writes the program's JavaScript and answers its entry. */
function written(program: FixtureProgram, folder: string): string {
  const manifest = program.files.find((file) => file.name === 'package.json');
  const names = program.files.map((file) => {
    const { name, text } = javaScriptOf(file, manifest);
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    return target;
  });
  return names[0] ?? '';
}

/** What `.ts` becomes: where a package.json decides, its own extension, else the one that its syntax asks for. */
function javaScriptOf(file: ProgramFile, manifest: ProgramFile | undefined): ProgramFile {
  const extension = path.extname(file.name);
  const stem = file.name.slice(0, -extension.length);
  if (extension === '.js') return { name: manifest === undefined ? `${stem}.cjs` : file.name, text: file.text };
  if (!/^\.[mc]?ts$/.test(extension)) return file;
  const isModuleText =
    manifest === undefined ? /^(import|export)\b/m.test(file.text) : manifest.text.includes('"type": "module"');
  const isModule = extension === '.mts' || (extension === '.ts' && isModuleText);
  const module = isModule ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  const compilerOptions: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module, esModuleInterop: true };
  const { outputText } = ts.transpileModule(file.text, { compilerOptions });
  const own = manifest === undefined ? (isModule ? '.mjs' : '.cjs') : extension.replace('ts', 'js');
  return { name: `${stem}${own}`, text: outputText };
}

function runNode(entry: string): Promise<NodeAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'pipe', 'pipe'], env: {} });
    const printed = { stdout: '', stderr: '' };
    let late = false;
    const killer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, killAfterMs);
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8'); // a character may lie across two chunks
      child[name].on('data', (chunk: string) => {
        printed[name] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(killer);
      resolve({ ...printed, exitCode: late ? 'killed' : (code ?? 1) });
    });
  });
}
