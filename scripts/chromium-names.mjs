/**
 * Why this file exists: what Chromium has on its window and its interfaces and the simulation has not says so where it
 * is used. This writes the lists of such names, from a real headless Chromium and from the command line, which
 * is built for that: `CHROMIUM=… node scripts/chromium-names.mjs`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** Interfaces that the host itself makes, and those of nodes, which come with the document. */
const hosts = [
  'Navigator', 'Location', 'Event', 'UIEvent', 'MouseEvent', 'PointerEvent', 'KeyboardEvent', 'FocusEvent', 'InputEvent', 'ErrorEvent', 'MessageEvent',
  'EventTarget', 'AbortSignal', 'AbortController', 'MessagePort', 'Worker', 'Headers', 'Response', 'URL', 'Blob', 'IdleDeadline', 'Performance',
];
const nodes = [
  'Node', 'CharacterData', 'Text', 'Attr', 'Document', 'DocumentFragment', 'Element', 'HTMLElement', 'SVGElement', 'DOMTokenList', 'HTMLCollection', 'NodeList',
  'HTMLAnchorElement', 'HTMLButtonElement', 'HTMLCanvasElement', 'HTMLDialogElement', 'HTMLDetailsElement', 'HTMLFormElement',
  'HTMLIFrameElement', 'HTMLImageElement', 'HTMLInputElement', 'HTMLLabelElement', 'HTMLLinkElement', 'HTMLMediaElement', 'HTMLOptionElement',
  'HTMLScriptElement', 'HTMLSelectElement', 'HTMLStyleElement', 'HTMLTableElement', 'HTMLTemplateElement', 'HTMLTextAreaElement', 'HTMLVideoElement',
];

const tags = 'a button canvas dialog details form iframe img input label link video option script select style table template textarea'.split(' ');

/** In the page: names by interface; a sign before each says what it is: `.` a function, `*` an object, `-` anything else. */
function namesIn({ interfaces, isWorker, tags }) {
  const made = isWorker ? [] : tags.map((tag) => document.createElement(tag));
  const samples = isWorker ? { WorkerNavigator: navigator, WorkerLocation: location } : {
    Navigator: navigator, Location: location, Performance: performance, Event: new Event('x'), UIEvent: new UIEvent('x'), MouseEvent: new MouseEvent('x'),
    PointerEvent: new PointerEvent('x'), KeyboardEvent: new KeyboardEvent('x'), FocusEvent: new FocusEvent('x'), InputEvent: new InputEvent('x'),
    ErrorEvent: new ErrorEvent('x'), MessageEvent: new MessageEvent('x'), AbortSignal: AbortSignal.abort(), Headers: new Headers(),
    Response: new Response(''), URL: new URL('http://x'), Blob: new Blob(), Node: document.body, Element: document.body, HTMLElement: document.body,
    Document: document, Text: document.createTextNode(''), CharacterData: document.createTextNode(''), DOMTokenList: document.body.classList,
    HTMLMediaElement: document.createElement('video'), ...Object.fromEntries(made.map((each) => [each.constructor.name, each])),
  };
  const sign = (owner, key, sample) => {
    const own = Object.getOwnPropertyDescriptor(owner, key);
    let value = own.value;
    try {
      if (own.get !== undefined) value = own.get.call(sample);
    } catch {
      return '-';
    }
    return typeof value === 'function' ? '.' : typeof value === 'object' && value !== null ? '*' : '-';
  };
  const namesOf = (owner, sample) =>
    Object.getOwnPropertyNames(owner).filter((key) => /^[A-Za-z]\w*$/.test(key) && key !== 'constructor').map((key) => sign(owner, key, sample) + key);
  const found = { Window: namesOf(globalThis, globalThis) };
  for (const name of interfaces) if (globalThis[name]?.prototype) found[name] = namesOf(globalThis[name].prototype, samples[name]);
  return found;
}

async function inChromium() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><body></body>' }));
    await page.goto('https://localhost/');
    const ofPage = await page.evaluate(namesIn, { interfaces: [...hosts, ...nodes], isWorker: false, tags });
    const text = `postMessage((${namesIn})({ interfaces: ['WorkerNavigator', 'WorkerLocation'], isWorker: true }))`;
    const ofWorker = await page.evaluate((body) => new Promise((resolve) => {
      new Worker(URL.createObjectURL(new Blob([body]))).onmessage = ({ data }) => resolve(data);
    }), text);
    return { ofPage, ofWorker };
  } finally {
    await browser.close();
  }
}

/** Those that the simulation lacks. */
function lackingOf(names) {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromium-names-'));
  try {
    const program = path.join(folder, 'names.js');
    writeFileSync(program, `
      const names = ${JSON.stringify(names)};
      const lacks = { Window: names.Window.filter((each) => !(each.slice(1) in globalThis)) };
      const made = ${JSON.stringify(tags)}.map((tag) => document.createElement(tag));
      for (const each of made) document.body.appendChild(each);
      const text = document.body.appendChild(document.createTextNode('x'));
      // The library keeps some members on the nodes themselves.
      const samples = {
        Node: [document, document.body, text, document.createDocumentFragment()], CharacterData: [text], Text: [text], Document: [document], Attr: [],
        Element: made, HTMLElement: made, HTMLMediaElement: [document.createElement('video')], DocumentFragment: [document.createDocumentFragment()],
        ...Object.fromEntries(made.map((each) => [each.constructor.name, [each]])),
      };
      const objects = { Navigator: navigator, Location: location, Performance: performance };
      for (const name of Object.keys(names)) {
        if (name === 'Window') continue;
        const owner = objects[name] ?? (typeof globalThis[name] === 'function' ? globalThis[name].prototype : undefined);
        if (owner !== undefined) lacks[name] = names[name].filter((each) => ![owner, ...(samples[name] ?? [])].some((one) => each.slice(1) in one));
      }
      console.log(JSON.stringify(lacks)); document;`);
    return JSON.parse(execFileSync(process.execPath, ['dist/cli.js', 'run', '--host', 'browser', program], { encoding: 'utf8', maxBuffer: 1e8 }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const width = 116;

function wrapped(names) {
  const lines = [''];
  for (const name of names) {
    if (lines.at(-1).length + name.length + 1 > width) lines.push('');
    lines[lines.length - 1] += `${name} `;
  }
  return lines.map((line) => `    '${line.trimEnd()}',`).join('\n');
}

function fileOf(why, name, lists) {
  const entries = Object.entries(lists).filter(([, names]) => names.length > 0).map(([owner, names]) => `  ${owner}: [\n${wrapped(names)}\n  ],`);
  return `/**\n * Why this file exists: ${why}\n * Written by scripts/chromium-names.mjs.\n */\n\nexport const ${name}: Readonly<Record<string, readonly string[]>> = {\n${entries.join('\n')}\n};\n`;
}

const signs = 'A sign says what each is: `.` a function, `*` an object, `-` anything else.';
const folder = 'src/simulation/guest/parts';

function writeLists(ofHost, ofNodes) {
  const ofWindow = 'the names that Chromium has on its window (those of `Everywhere` in workers too)';
  writeFileSync(`${folder}/browser/chromium-names.ts`, fileOf(`${ofWindow}\n * and its interfaces, and the host has not. ${signs}`, 'hostNames', ofHost));
  writeFileSync(`${folder}/dom/chromium-names.ts`, fileOf(`the names that Chromium has on its nodes, and the document here has not.\n * ${signs}`, 'nodeNames', ofNodes));
}

const { ofPage, ofWorker } = await inChromium();
// What is missing is seen only where nothing stands in for it.
writeLists({}, {});
execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
const lacks = lackingOf(ofPage);
const inWorkers = new Set(ofWorker.Window.map((each) => each.slice(1)));
const pick = (names) => Object.fromEntries(names.flatMap((name) => (lacks[name] === undefined ? [] : [[name, lacks[name]]])));
const isEverywhere = (each) => inWorkers.has(each.slice(1));
const ofWindow = { Window: lacks.Window.filter((each) => !isEverywhere(each)), Everywhere: lacks.Window.filter(isEverywhere) };
// What a worker's own has is looked at where it is made.
const { WorkerNavigator } = ofWorker;
writeLists({ ...ofWindow, ...pick(hosts), WorkerNavigator }, pick(nodes));
