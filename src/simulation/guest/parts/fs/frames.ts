/** Why this file exists: where the functions of `fs` have what fails in them, for stacks. Node 20.20: lib/fs.js. */
import { standsAt, standsAtEach, type Places } from '../../stood-for';
import { checkEncoding, flagsOf, optionsOf, secondsOf } from './arguments';

const utils = 'node:internal/fs/utils';
standsAt(checkEncoding, 'assertEncoding', utils, { '': '158:11' });
standsAt(optionsOf, 'getOptions', utils, { invalidType: '331:11', checkEncoding: '335:5' });
standsAt(flagsOf, 'stringToFlags', utils, { invalidValue: '597:9' });
standsAt(secondsOf, 'toUnixTimestamp', utils, { invalidType: '635:9' });

/** What is called with a path first, and then the system. */
function path(checked: string, called: string): Places {
  return { pathOf: checked, atOnce: called };
}

const atOnce: Readonly<Record<string, Places>> = {
  accessSync: path('243:10', '244:11'),
  appendFileSync: { optionsOf: '2452:13', writeWhole: '2461:6' },
  chmodSync: { ...path('1996:10', '1999:11'), modeOf: '1997:10' },
  chownSync: path('2109:10', '2112:11'),
  closeSync: { descriptorOf: '525:11', atOnce: '525:11' },
  copyFileSync: { atOnce: '3047:11' },
  fchmodSync: { descriptorOf: '1923:11', atOnce: '1923:11' },
  fdatasyncSync: { descriptorOf: '1296:11', atOnce: '1296:11' },
  fstatSync: { descriptorOf: '1633:25', atOnce: '1633:25' },
  fsyncSync: { descriptorOf: '1326:11', atOnce: '1326:11' },
  ftruncateSync: { checkInteger: '1124:3', atOnce: '1126:11' },
  futimesSync: { atOnce: '2195:11' },
  linkSync: { atOnce: '1862:11' },
  lstatSync: path('1651:10', '1656:25'),
  mkdirSync: path('1383:10', '1386:26'),
  mkdtempSync: { ...path('3003:12', '3005:18'), optionsOf: '3001:13' },
  openSync: { ...path('571:10', '573:18'), flagsOf: '575:5' },
  readdirSync: { ...path('1512:10', '1521:26'), optionsOf: '1511:13' },
  readFileSync: { optionsOf: '442:13', openSync: '452:35', tryReadSync: '478:19' },
  readlinkSync: { ...path('1728:10', '1729:18'), optionsOf: '1727:13' },
  readSync: { descriptorOf: '709:8', atOnce: '750:18' },
  realpathSync: { optionsOf: '2665:13', atOnce: '2741:29' },
  renameSync: { atOnce: '1032:11' },
  rmdirSync: { ...path('1201:10', '1214:11'), rmOptionsOf: '1211:5' },
  rmSync: { pathOf: '1259:10', rmOptionsOf: '1260:13', kindAt: '1260:13', isFolderError: '1260:13' },
  statfsSync: path('1694:10', '1695:25'),
  statSync: path('1680:10', '1681:25'),
  symlinkSync: { atOnce: '1822:11' },
  truncateSync: { openSync: '1088:17' },
  unlinkSync: path('1888:38', '1889:11'),
  utimesSync: path('2149:10', '2150:11'),
  writeFileSync: { optionsOf: '2361:13' },
  writeSync: { descriptorOf: '899:8', atOnce: '933:3' },
};

const usual = 'makeCallback (node:fs:185:3)';

/** With a callback, which is looked at by a function of its own. */
function later(callback: string, path?: string, options?: string, maker = usual): Places {
  const places: Record<string, string | readonly string[]> = { callbackOf: [maker, callback] };
  if (path !== undefined) places['pathOf'] = path;
  if (options !== undefined) places['optionsOf'] = options;
  return places;
}

const ofStats = 'makeStatsCallback (node:fs:194:3)';

const withCallback: Readonly<Record<string, Places>> = {
  access: later('228:14', '227:10'),
  appendFile: { callbackOf: '2427:3', optionsOf: '2428:13' },
  chmod: { ...later('1982:14', '1980:10'), modeOf: '1981:10' },
  close: later('512:16'),
  copyFile: later('3028:14'),
  fchmod: later('1901:14'),
  fdatasync: later('1276:20'),
  fstat: later('1546:14', undefined, undefined, ofStats),
  fsync: later('1308:20'),
  ftruncate: later('1110:14'),
  futimes: later('2169:14'),
  link: later('1838:14'),
  lstat: later('1569:14', '1570:10', undefined, ofStats),
  mkdir: later('1352:14', '1353:10'),
  mkdtemp: later('2983:14', '2986:12', '2984:13'),
  open: later('552:14', '540:10'),
  readdir: later('1472:14', '1474:10', '1473:13'),
  readFile: { callbackOf: '365:3', optionsOf: '366:13', pathOf: '385:10' },
  readlink: later('1711:14', '1713:10'),
  rename: later('1011:14'),
  rmdir: later('1159:14', '1160:38'),
  stat: later('1597:14', '1598:10', undefined, ofStats),
  symlink: later('1745:20'),
  unlink: later('1875:14', '1876:10'),
  utimes: later('2129:14', '2130:10'),
  writeFile: { callbackOf: '2310:3', optionsOf: '2311:13', contentOf: '2323:5' },
};

export function standForFs(fs: object): void {
  standsAtEach(fs, 'Object', 'node:fs', atOnce);
  standsAtEach(fs, 'Object', 'node:fs', withCallback);
  standsAtEach(fs, 'Object', 'node:internal/fs/dir', {
    opendirSync: { pathOf: '324:10', optionsOf: '325:13', atOnce: '327:29' },
  });
}
