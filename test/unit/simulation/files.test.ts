/**
 * Why this file exists: simulated programs see the files of their own folder and nothing else of the disk, and nothing
 * that they do reaches it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultLimits } from '../../../src/simulation/request';
import type { SimulationReply } from '../../../src/simulation/request';
import { openWorkspace } from '../../../src/simulator/workspace';
import { openSimulator, ranText } from './engine';

const secret = 'the text that nobody may read';

describe('simulation: files', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  const outer = mkdtempSync(path.join(os.tmpdir(), 'loopscope-files-'));
  const root = path.join(outer, 'workspace');
  const slashed = root.replaceAll('\\', '/');

  before(() => {
    mkdirSync(path.join(root, 'src'), { recursive: true });
    mkdirSync(path.join(outer, 'elsewhere'));
    writeFileSync(path.join(outer, 'secret.txt'), secret);
    writeFileSync(path.join(outer, 'elsewhere', 'secret.txt'), secret);
    writeFileSync(path.join(root, 'package.json'), '{}');
    writeFileSync(path.join(root, 'data.txt'), 'data');
    writeFileSync(path.join(root, 'huge.bin'), Buffer.alloc(17 * 1024 * 1024));
    symlinkSync('../secret.txt', path.join(root, 'link.txt'));
    symlinkSync(path.join(outer, 'elsewhere'), path.join(root, 'linked'));
    symlinkSync('data.txt', path.join(root, 'inner.txt'));
  });
  after(async () => {
    await simulator.dispose();
    rmSync(outer, { recursive: true });
  });

  async function run(text: string, name = 'src/main.cjs'): Promise<Extract<SimulationReply, { kind: 'simulated' }>> {
    const entry = `${slashed}/${name}`;
    const reply = await simulator.simulate({ entry, start: { kind: 'file' }, host: 'node', limits: defaultLimits, record: false }, { [entry]: text });
    assert.ok(reply.kind === 'simulated', JSON.stringify(reply));
    return reply;
  }

  it('shows the folder of the nearest manifest as /project', async () => {
    const { stdout } = await run(`const fs = require('fs');
console.log(process.cwd(), __filename, fs.readFileSync('data.txt', 'utf8'), fs.readFileSync(__dirname + '/../data.txt', 'utf8'));
console.log(fs.readdirSync('.'), fs.readdirSync('src'), fs.readdirSync('/'), fs.readdirSync('/tmp'));
console.log(fs.readFileSync('inner.txt', 'utf8'), fs.readFileSync(__filename, 'utf8').length > 10);`);
    assert.equal(stdout, `/project /project/src/main.cjs data data
[ 'data.txt', 'huge.bin', 'inner.txt', 'package.json', 'src' ] [ 'main.cjs' ] [ 'home', 'project', 'tmp' ] []
data true
`);
  });

  it('finds nothing outside, whatever way a path takes', async () => {
    const real = path.join(outer, 'secret.txt');
    const places = [
      '../secret.txt', '../../secret.txt', '../../../../../../../../etc/passwd', '/etc/passwd', '/proc/self/environ', '/project/../../secret.txt', real,
      `/project${real}`, `.${real}`, 'src/../../secret.txt', 'link.txt', 'linked/secret.txt', 'src/../linked/secret.txt', '..\\\\secret.txt', 'data.txt/../../secret.txt',
      '%2e%2e/secret.txt', '/project/./../secret.txt', '//etc/passwd', '~/.ssh/id_rsa', os.homedir(), outer, '/dev/stdin', 'C:\\\\secret.txt', '/project/..', 'linked',
    ];
    const { stdout, outcome } = await run(`const fs = require('fs');
const read = (place) => { try { return fs.readFileSync(place, 'utf8'); } catch (error) { return error.code; } };
const list = (place) => { try { return fs.readdirSync(place).join(); } catch (error) { return error.code; } };
for (const place of ${JSON.stringify(places)}) console.log(read(place), list(place), fs.existsSync(place + '/secret.txt'));
class Url { constructor(pathname) { Object.assign(this, { href: 'file://' + pathname, protocol: 'file:', hostname: '', pathname }); } }
for (const place of [${JSON.stringify(pathToFileURL(real).pathname)}, '/etc/passwd', '/project/%2e%2e/secret.txt', '/project/..%2fsecret.txt']) console.log(read(new Url(place)));
console.log(read(Buffer.from('../secret.txt')), read(Buffer.from([0x2e, 0x2e, 0x2f, 0x73])));
const inTemporary = require('os').tmpdir() + '/etc';
fs.symlinkSync('/etc', inTemporary);
fs.symlinkSync('../../../..', '/project/up');
console.log(read(inTemporary + '/passwd'), read('/project/up/etc/passwd'), list('/project/up'), read('/project/up' + ${JSON.stringify(real)}));
try { fs.cpSync('../..' + ${JSON.stringify(real)}, 'stolen'); } catch (error) { console.log(error.code); }
try { fs.watch(${JSON.stringify(real)}); } catch (error) { console.log(error.code); }
try { fs.opendirSync('/project/up/etc'); } catch (error) { console.log(error.code); }
fs.promises.readFile('link.txt').catch((error) => console.log(error.code));
fs.promises.open(${JSON.stringify(real)}).catch((error) => console.log(error.code));
fs.openAsBlob;`);
    assert.doesNotMatch(stdout, /nobody|root:|secret|USER|ssh/);
    // The program's own standard input is empty.
    assert.match(stdout, /^(?:(?:ENOENT|EISDIR|ENOTDIR)? .*\n|ENOENT\n|ERR_INVALID_FILE_URL_PATH\n|home,project,tmp\n)+$/);
    assert.equal(outcome, 'unsupported');
  });

  it('finds no module outside, whatever way its computed name takes', async () => {
    const real = path.join(outer, 'elsewhere', 'secret.json').replaceAll('\\', '/');
    writeFileSync(real, JSON.stringify({ secret }));
    symlinkSync(real, path.join(root, 'link.json'));
    const places = ['../../elsewhere/secret.json', real, `/project${real}`, '../linked/secret.json', '../link.json', pathToFileURL(real).href];
    for (const place of places) {
      const name = `String.fromCharCode(${Array.from(place, (each) => each.charCodeAt(0)).join()})`; // not written out
      for (const text of [`console.log(require(${name}))`, `import(${name}, { with: { type: 'json' } }).then(console.log, () => console.log('none'))`]) {
        const { stdout, stderr, exitCode } = await run(`try { ${text}; } catch { console.log('none'); }`);
        assert.ok(stdout === 'none\n' || exitCode === 125, `${place}: ${stdout}${stderr}`);
        assert.doesNotMatch(stdout + stderr, /nobody/);
      }
    }
    rmSync(path.join(root, 'link.json'));
  });

  it('shows nothing to who asks the engine, the prototypes or the runtime for a way out', async () => {
    const { stdout } = await run(`const fs = require('fs');
const seen = [];
const keep = (name, f) => { const g = Object.prototype[name]; Object.defineProperty(Object.prototype, name, { configurable: true, set(v) { seen.push(v); }, get() { seen.push(name); return undefined; } }); try { f(); } finally { delete Object.prototype[name]; } };
JSON.parse = (text) => { seen.push(text); return { kind: 'file', size: 3, names: [] }; };
String.prototype.split = function () { seen.push(String(this)); return ['..', 'secret.txt']; };
Array.prototype.filter = function () { return ['..', 'secret.txt']; };
for (const place of ['data.txt', 'x/y/../z', 'src']) { try { console.log(String(fs.readFileSync(place))); } catch (error) { console.log(error.code ?? error.name); } }
console.log(seen.some((each) => /nobody/.test(each)));`);
    assert.doesNotMatch(stdout, /nobody/);
  });

  it('writes into the run only: the disk stays as it was, and the next run sees it so', async () => {
    const before = snapshot(root);
    const text = `const fs = require('fs');
console.log(fs.readFileSync('data.txt', 'utf8'), fs.existsSync('new.txt'));
fs.writeFileSync('data.txt', 'changed'); fs.writeFileSync('new.txt', 'new'); fs.mkdirSync('made/deep', { recursive: true });
fs.unlinkSync('package.json'); fs.renameSync('src', 'moved'); fs.truncateSync('inner.txt'); fs.chmodSync('data.txt', 0);
fs.rmSync('/project', { recursive: true, force: true });
const temporary = require('os').tmpdir();
fs.writeFile(temporary + '/file', 'x', (error) => console.log(error, fs.readdirSync(temporary)));`;
    for (let time = 0; time < 2; time++) {
      const { stdout } = await run(text);
      assert.match(stdout, /^data false\n/);
    }
    assert.deepEqual(snapshot(root), before);
    assert.deepEqual(readdirSync(outer).sort(), ['elsewhere', 'secret.txt', 'workspace']);
  });

  it('says so when a file is too large to be read', async () => {
    const { stdout, stderr, outcome } = await run("const fs = require('fs');\nconsole.log(fs.statSync('huge.bin').size);\nfs.readFileSync('huge.bin');\n");
    assert.deepEqual([stdout, outcome], [`${17 * 1024 * 1024}\n`, 'unsupported']);
    assert.match(stderr, /'huge\.bin' is too large to be read by a simulation/);
  });

  it('answers the same in every run', async () => {
    const text = "const fs = require('fs');\nconsole.log(fs.statSync('data.txt'), fs.mkdtempSync('x-'));\nfs.readFile('data.txt', () => console.log(performance.now()));";
    const [first, second] = [await run(text), await run(text)];
    assert.equal(first.stdout, second.stdout);
    assert.ok(!first.stdout.includes(String(statSync(path.join(root, 'data.txt')).ino)));
  });

  it('is ended by its budget when it fills the memory with files', async () => {
    const { outcome } = await ranText(simulator, "const fs = require('fs');\nfor (let i = 0; ; i++) fs.writeFileSync('file' + i, Buffer.alloc(1024 * 1024));", { name: 'main.cjs' });
    assert.equal(outcome, 'budget-spent');
  });

  it('shows no disk where the folder would be a home or the root of one', () => {
    for (const folder of ['/', `${os.homedir()}/`, `${path.dirname(os.homedir())}/`]) {
      const workspace = openWorkspace(folder, { [`${folder}main.ts`]: 'text' });
      assert.deepEqual(workspace.look(''), { kind: 'folder', names: [['main.ts', false]] });
      assert.equal(workspace.look('etc'), null);
    }
  });

  it('follows no path that leads up, whoever asks', () => {
    const workspace = openWorkspace(`${slashed}/`, {});
    for (const place of ['..', '../secret.txt', 'src/../../secret.txt', '/etc/passwd', './data.txt', 'a//b', 'link.txt', 'linked/secret.txt', 'data.txt\0']) {
      assert.equal(workspace.look(place), null, place);
      assert.equal(workspace.read(place), undefined, place);
    }
    assert.deepEqual(workspace.look('data.txt'), { kind: 'file', size: 4 });
  });
});

/** Names, sizes and texts of all files below a folder. */
function snapshot(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
    const place = path.join(folder, name);
    const stats = statSync(place);
    const text = stats.isFile() && stats.size < 1000 ? readFileSync(place, 'utf8') : '';
    return `${name} ${stats.size} ${stats.mtimeMs} ${stats.mode} ${text}`;
  });
}
