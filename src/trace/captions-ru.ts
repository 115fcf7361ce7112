/** Why this file exists: the captions in Russian; what each says is what `captions-en.ts` says. */
import { browserInRussian } from './captions-browser-ru';
import type { Caption, CaptionTable } from './caption';
import { code, say, timesIn } from './caption-words';
import type { Fact, Onward } from './facts';
import type { LabelWords } from './labels';
import type { SkippedUnit, TaskOrigin } from './trace';

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export const labelWordsInRussian: LabelWords = {
  inside: (what, call) => `${what} в ${call}`, resume: call => `продолжить ${call}`, asyncFunction: 'async-функция',
  awaitedValue: 'ожидаемое значение', module: 'модуль', callback: 'обработчик',
};

export const captionsInRussian: CaptionTable = {
  inBrowser: browserInRussian,
  'nothing-yet': () => say('Ещё ничего не выполнялось.', 'Сделайте шаг, включите воспроизведение или щёлкните по строке.', 'Ваш код не выполняется на вашей машине: он был смоделирован, это запись.'),
  statement: fact => say(`Выполняется строка ${fact.line}${fact.inside === undefined ? '' : ` в ${code(fact.inside)}`}: ${code(fact.text)}`,
    'JavaScript выполняет инструкции одну за другой; между ними ничего другого не выполняется.', 'Выполнение до конца: работает только верхний кадр стека, пока он не вернёт управление или не приостановится.'),
  'module-begun': fact => say(`Начинается главный скрипт ${code(fact.label)}.`, 'Сначала выполняется весь файл сверху вниз. До его конца ни один обработчик не запустится.',
    'Тело модуля — первый кадр стека; очереди просматриваются, когда стек пуст.'),
  called,
  'callback-called': fact => say(`Выполняется ${callback(fact.origin)}: ${code(fact.label)}.`, whyNow(fact.origin),
    `Поставлен в очередь ${fact.queuedBy === undefined ? '' : `вызовом ${code(fact.queuedBy)} `}в момент ${ms(fact.queuedAt ?? 0)}; начинается на пустом стеке.`),
  returned,
  'await-suspended': suspended,
  'yield-suspended': fact => say(`${code(fact.label)} отдаёт ${code(fact.value)} и останавливается на строке ${fact.line}.`,
    `Генератор хранит своё место и переменные, пока снова не вызовут \`next()\`. ${goesOn(fact.to, '')}`,
    'GeneratorYield: кадр уходит со стека, никакая очередь не участвует; вызвавший получает `{ value, done: false }`.'),
  resumed,
  queued,
  'task-begun': fact => say(`Начинается ${callback(fact.origin)}${fact.label === '' ? '' : `: ${code(fact.label)}`}.`, whyNow(fact.origin),
    fact.late >= 1 ? `Срок был ${ms(fact.due)}, опоздание ${ms(fact.late)}: стек был занят.` : `Оборот цикла ${fact.turn}; стек пуст.`),
  cancelled: fact => say(`${code(fact.label)} убран из очереди.`, 'Отменённое до начала никогда не выполнится.', `${fact.origin === 'setImmediate' ? '`clearImmediate`' : '`clearTimeout`'} убирает его; цикл больше не ждёт ради него.`),
  settled: fact => say(`Промис${fact.label === '' ? '' : ` ${code(fact.label)}`} ${stateWord(fact.state)}${valueOf(fact)}.`, fact.waiters.length === 0 ? noReader(fact.state) : `Его ждёт ${list(fact.waiters)}: продолжение встанет в очередь микрозадач.`,
    'Промис завершается один раз. Завершение не запускает обработчиков, оно только ставит задания в очередь микрозадач.'),
  followed: fact => say(`${promise(fact.label)} теперь следует за ${fact.target === undefined ? 'thenable-объектом' : promise(fact.target)}.`, 'Промис, разрешённый другим промисом, перенимает его судьбу.',
    '`then` другого промиса вызывается в отдельной микрозадаче; это стоит двух лишних оборотов очереди.'),
  chained: fact => say(`${promise(fact.by)} ждёт ${promise(fact.label)}.`, fact.already ? 'Промис уже завершён, но обработчик всё равно ждёт своей очереди как микрозадача.' : '`then` сейчас ничего не запускает: он запоминает обработчик и возвращает новый промис.',
    fact.already ? 'PerformPromiseThen для завершённого промиса сразу ставит задание в очередь.' : 'PerformPromiseThen добавляет реакцию; завершение промиса поставит её в очередь.'),
  unhandled: fact => say(`Потеряно: ${promise(fact.label)}${fact.line === undefined ? '' : ` (строка ${fact.line})`} отклонён с ${code(fact.value)}, и никто это не обработал.`,
    'Отклонённому промису нужен `await` внутри `try` или `catch`, пока не кончились тики и микрозадачи.', 'processTicksAndRejections: Node посылает `unhandledRejection`; без слушателя печатает ошибку и завершается с кодом 1.'),
  'handled-late': fact => say(`${promise(fact.label)} всё-таки получает обработчик.`, 'Обработчик появился после того, как Node сообщил об отклонении.', 'Node посылает `rejectionHandled`.'),
  printed: fact => say(`${fact.inside === undefined ? 'Главный скрипт' : code(fact.inside)} печатает ${code(fact.text === '' ? '(пустая строка)' : fact.text)}${fact.line === undefined ? '' : ` (строка ${fact.line})`}.`,
    fact.stream === 'stderr' ? 'Это уходит в поток ошибок.' : 'Порядок напечатанных строк — это порядок, в котором выполнялся код.', 'Печать здесь синхронна: строка выведена раньше, чем начнётся следующая инструкция.'),
  skipped: fact => say(`Ещё ${fact.count.toLocaleString('ru')} ${unitWord(fact.count, fact.unit)} строки ${fact.line}; они посчитаны, но не показаны.`,
    whySkipped(fact.unit), 'Результат точен: прорежена только запись.'),
  slept: fact => say(`Делать нечего: цикл спит ${ms(fact.to - fact.from)}, до ${ms(fact.to)}.`, `Код не выполняется, процессор свободен${fact.next === undefined ? '.' : `; следующим будет ${code(fact.next)}.`}`,
    'В фазе poll libuv ждёт в ядре ближайшего таймера или события.'),
  worker,
  blocked,
  message,
  'work-queued': workQueued,
  'work-started': fact => say(`Поток ${fact.thread} пула берёт ${trip(fact)}.`, fact.waited >= 1 ? `Работа ждала потока ${ms(fact.waited)}: все были заняты.` : 'Дальше она идёт рядом с программой, код которой её не ждёт.',
    'Рабочий поток libuv берёт первую работу очереди: первым пришёл — первым вышел.'),
  phase,
  ended,
};

const ms = timesIn('мс');

/** The form of a word that goes with a number: 1 оборот, 2 оборота, 5 оборотов. */
export function russianPlural(count: number, one: string, few: string, many: string): string {
  const [tens, units] = [count % 100, count % 10];
  if (tens > 10 && tens < 20) return many;
  return units === 1 ? one : units >= 2 && units <= 4 ? few : many;
}

function whySkipped(unit: SkippedUnit): string {
  switch (unit) {
    case 'turns': return 'Длинный цикл показан первыми и последними оборотами.';
    case 'awaiting-turns': return 'В каждом из них `await` уступал пустой очереди, и функция сразу шла дальше.';
    case 'calls':
    case 'steps': return 'То, что выполняется очень часто, показано первыми разами.';
  }
}

export function unitWord(count: number, unit: SkippedUnit): string {
  switch (unit) {
    case 'turns':
    case 'awaiting-turns': return russianPlural(count, 'оборот', 'оборота', 'оборотов');
    case 'calls': return russianPlural(count, 'вызов', 'вызова', 'вызовов');
    case 'steps': return russianPlural(count, 'шаг', 'шага', 'шагов');
  }
}

function goesOn(to: Onward | undefined, nobody: string): string {
  if (to === undefined) return nobody;
  return to.kind === 'script' ? 'Главный скрипт идёт дальше.' : `${code(to.label)} идёт дальше.`;
}

function promise(label: string): string {
  return label === '' ? 'промис' : code(label);
}

function list(labels: readonly string[]): string {
  const names = labels.map(promise);
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} и ещё ${names.length - 2}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} и ${names.at(-1) ?? ''}`;
}

function stateWord(state: 'fulfilled' | 'rejected'): string {
  return state === 'fulfilled' ? 'выполнен' : 'отклонён';
}

function noReader(state: 'fulfilled' | 'rejected'): string {
  return state === 'rejected' ? 'Пока его никто не ждёт: ошибка может потеряться.' : 'Пока его никто не ждёт; значение сохранится для того, кто спросит позже.';
}

function valueOf(fact: { readonly value: string }): string {
  return fact.value === 'undefined' || fact.value === '' ? '' : `: ${code(brief(fact.value))}`;
}

/** An instance of a class by its name: what is in it would fill the sentence. */
function brief(value: string): string {
  return value.length > 32 ? value.replace(/^([\w$]+) \{.*$/s, '$1 {…}') : value;
}

function callback(origin: TaskOrigin): string {
  switch (origin) {
    case 'nextTick': return 'тик';
    case 'setTimeout': return 'обработчик таймера';
    case 'setInterval': return 'обработчик интервала';
    case 'setImmediate': return 'обработчик `setImmediate`';
    case 'then': return 'обработчик `then`';
    case 'await': return 'продолжение после `await`';
    case 'thenable': return '`then` thenable-объекта';
    case 'queueMicrotask': return 'микрозадача';
    case 'signal': return 'слушатель события';
    case 'answer': return 'ответ извне';
    case 'pool': return 'сделанное пулом потоков';
    case 'io': return 'пришедшее снаружи';
    case 'message': return 'слушатель сообщения';
    default: return 'задание';
  }
}

function whyNow(origin: TaskOrigin): string {
  switch (origin) {
    case 'nextTick': return 'Стек пуст: теперь выполняются все тики, раньше любых микрозадач.';
    case 'setTimeout': case 'setInterval': return 'Срок настал, и стек пуст. Один обработчик таймера, затем все тики и микрозадачи, затем следующий таймер.';
    case 'setImmediate': return 'Обработчики `setImmediate` выполняются в фазе check, после проверки ввода-вывода.';
    case 'signal': return 'Стек пуст, и событие произошло.';
    case 'answer': return 'Фаза poll сообщает, что пришло извне. Один ответ, затем все тики и микрозадачи, затем следующий.';
    case 'io': return 'Фаза poll сообщает, что пришло от сокетов и процессов. Один обработчик, затем все тики и микрозадачи, затем следующий.';
    case 'pool': return 'Фаза poll сообщает, что сделали потоки. Один обработчик, затем все тики и микрозадачи, затем следующий.';
    default: return 'Стек пуст, и тиков нет: теперь выполняются все микрозадачи, раньше любого таймера.';
  }
}

function called(fact: FactOf<'called'>): Caption {
  if (fact.byHost) return say(`Node вызывает ${code(fact.label)}.`, 'Произошло то, чего ждал этот слушатель; стек был пуст.', 'Слушателя вызывает среда: его кадр — первый на стеке.');
  const headline = `${fact.by === undefined ? 'Главный скрипт' : code(fact.by)} вызывает ${code(fact.label)}.`;
  switch (fact.color) {
    case 'async': return say(headline, 'Async-функция начинается сразу, внутри вызова, и выполняется до первого `await`.', 'Её промис уже есть; вызвавший получит его на первом `await` или в конце.');
    case 'generator': return say(headline, 'Генератор выполняется, только пока кто-то вызывает `next()`.', 'Его кадр кладёт на стек `next()`, а не вызов, который его создал.');
    case 'async-generator': return say(headline, 'Асинхронный генератор выполняется, только пока кто-то ждёт его следующего значения.', 'Запросы ждут в собственной очереди генератора.');
    case 'sync': return say(headline, 'Вызов кладёт кадр на стек; вызвавший ждёт, пока он не вернёт управление.', 'В обычном вызове никакая очередь не участвует.');
  }
}

function suspended(fact: FactOf<'await-suspended'>): Caption {
  const headline = fact.yields
    ? `${code(fact.label)} отдаёт ${code(brief(fact.awaited))} на строке ${fact.line} и приостанавливается.`
    : `${code(fact.label)} приостанавливается на строке ${fact.line}: ждёт ${promise(fact.awaited)}.`;
  const why = fact.yields ? '`yield` в асинхронном генераторе дожидается значения, прежде чем отдать его.'
    : fact.already ? '`await` приостанавливает всегда, даже когда значение уже есть.'
      : '`await` никого не блокирует: функция уходит со стека и сохраняет свои переменные.';
  return say(headline, `${why} ${goesOn(fact.to, 'Стек теперь пуст, настал черёд очередей.')}`,
    fact.already ? 'Промис завершён, поэтому продолжение сразу встаёт в очередь микрозадач.' : 'PerformPromiseThen запоминает продолжение; оно станет микрозадачей, когда промис завершится.');
}

function returned(fact: FactOf<'returned'>): Caption {
  const onward = goesOn(fact.to, 'Стек пуст: дальше тики и микрозадачи.');
  if (fact.color === 'module') return say(fact.threw ? `Главный скрипт заканчивается ошибкой ${code(fact.value)}.` : 'Главный скрипт закончился.', onward, 'Дальше код выполняется только в обработчиках цикла событий.');
  const headline = fact.threw ? `${code(fact.label)} бросает ${code(fact.value)}.` : `${code(fact.label)} возвращает управление${valueOf(fact)}.`;
  if (fact.settled === undefined) return say(headline, fact.threw && fact.to !== undefined ? `Ошибка идёт к вызвавшему: ${fact.to.kind === 'script' ? 'главный скрипт' : code(fact.to.label)}.` : onward, 'Его кадр уходит со стека.');
  const told = fact.settled.waiters.length === 0 ? noReader(fact.settled.state) : `${list(fact.settled.waiters)} продолжится как микрозадача.`;
  return say(headline, `Промис вызова ${stateWord(fact.settled.state)}. ${told}`, 'Кто его ждёт, продолжается не здесь, не внутри `return`: в очередь микрозадач встаёт задание.');
}

function resumed(fact: FactOf<'resumed'>): Caption {
  if (fact.after === 'yield') return say(`${code(fact.label)} идёт дальше после \`yield\` на строке ${fact.line}.`, `\`next()\` передал внутрь ${code(fact.value)}.`, 'GeneratorResume: отложенный кадр возвращается на стек вместе с переменными.');
  if (fact.how === 'throw') return say(`${code(fact.label)} снова на строке ${fact.line}, и \`await\` бросает ${code(fact.value)}.`, 'Отклонённый промис становится исключением на `await`; `try` его ловит.', 'Задание продолжает кадр с завершением throw.');
  return say(`${code(fact.label)} снова на стеке, на строке ${fact.line}${valueOf(fact)}.`, 'То, чего он ждал, есть, стек был пуст, и подошла его очередь среди микрозадач.', 'Задание продолжает отложенный кадр со значением промиса.');
}

function queued(fact: FactOf<'queued'>): Caption {
  const name = code(fact.label);
  const ahead = fact.ahead === 0 ? '' : ` Перед ним в очереди: ${fact.ahead}.`;
  switch (fact.queue) {
    case 'timers': return fact.again
      ? say(`Интервал заведён снова: ${name} через ${Math.round(fact.delay)} мс.`, 'Интервал отсчитывает время заново, когда его обработчик закончился, пока его не отменят.', `Срок ${ms(fact.due)}: это тот же таймер, снова в своём списке.`)
      : say(`Заведён таймер: ${name} через ${Math.round(fact.delay)} мс.`, 'Программа здесь не ждёт. Обработчик выполнится, когда настанет срок и стек будет пуст, не раньше.', `Срок ${ms(fact.due)}; его вызовет фаза timers одного из следующих оборотов.`);
    case 'immediates': return say(`${name} встаёт в очередь \`setImmediate\`.`, `Выполнится в фазе check этого оборота цикла.${ahead}`, '`setImmediate` выполняется после фазы poll; новые ждут следующего оборота.');
    case 'ticks': return say(`${name} встаёт в очередь тиков.`, `Тики выполняются, как только стек пуст, раньше всех микрозадач.${ahead}`, '`process.nextTick` — собственная очередь Node, а не часть языка.');
    case 'messages': return fact.origin === 'io' ? say(`Снаружи пришло: ${name}.`, 'Сокет можно читать, соединение установлено или процесс завершился: об этом сообщает фаза poll.', 'epoll называет готовые дескрипторы; libuv вызывает каждый, завершившиеся процессы — последними.')
      : fact.isChannel ? say(`Сообщение ждёт в канале этого процесса: ${name}.`, `Его прочитает фаза poll его цикла, когда стек будет пуст.${ahead}`, 'Канал — это pipe: пришедшее читается за раз, и каждое сообщение передаётся в своём тике.')
      : say(`Сообщение ждёт в порту: ${name}.`, `Его передаст фаза poll цикла этого агента, когда стек будет пуст.${ahead}`, 'Порт — это async-handle своего цикла; сообщения передаются по одному, после каждого — тики и микрозадачи.');
    case 'completed': return say(`${fact.ring ? 'Ядро закончило' : 'Поток закончил'}: ${name} ждёт вызова.`, `Его вызовет фаза poll, когда стек будет пуст.${ahead}`, fact.ring ? 'Дескриптор кольца будит epoll; libuv забирает из него готовое по порядку.' : 'uv_async_send будит цикл; uv__work_done забирает сразу всё, что готово.');
    case 'tasks': case 'frames': case 'idle': case 'microtasks': return say(`${name} встаёт в очередь микрозадач.`, `Выполнится, как только стек пуст и тиков не осталось.${ahead}`, 'HostEnqueuePromiseJob: первым пришёл — первым вышел, пока очередь не опустеет.');
  }
}

function agentName(agent: number | undefined, pid?: number): string {
  if (pid !== undefined) return `процесс ${pid}`;
  return agent === 0 || agent === undefined ? 'главная программа' : `воркер ${agent}`;
}

function ownProcess({ what, pid = 0, label, exitCode }: FactOf<'worker'>): Caption {
  switch (what) {
    case 'created': return say(`Запущен процесс ${pid}: ${code(label)}.`, 'Это ещё один Node, и стартует он не сразу; программа идёт дальше тут же.', 'Процесс — отдельный агент: свой стек, свой цикл, свои очереди и глобальные объекты. Общего нет ничего: связывают только сообщения и байты.');
    case 'started': return say(`Процесс ${pid} начинает выполнять ${code(label)}.`, 'С этого момента процессы работают одновременно, каждый на своём стеке.', 'Его скрипт — такой же главный скрипт: он выполняется раньше собственного цикла.');
    case 'ended': return say(`Процесс ${pid} завершается с кодом ${exitCode}.`, exitCode === 0 ? 'Его цикл больше ничего не удерживает.' : 'Его завершили: ошибка, `process.exit` или сигнал.', 'Сначала закрываются его каналы; затем ядро сообщает родителю (SIGCHLD), и его цикл сообщает об `exit` после всего, что готово.');
  }
}

function worker(fact: FactOf<'worker'>): Caption {
  if (fact.pid !== undefined) return ownProcess(fact);
  const { what, worker: number, label, exitCode } = fact;
  switch (what) {
    case 'created': return say(`Создан воркер ${number}: ${code(label)}.`, 'Он запускается в собственном потоке и не сразу; программа идёт дальше тут же.', 'Воркер — отдельный агент: свой стек, свой цикл, свои очереди и глобальные объекты. Их связывают только сообщения и общая память.');
    case 'started': return say(`Воркер ${number} начинает выполнять ${code(label)}.`, 'С этого момента агенты работают одновременно, каждый на своём стеке.', 'Его скрипт выполняется в фазе poll его цикла; событие `online` уже в пути.');
    case 'ended': return say(`Воркер ${number} завершается с кодом ${exitCode}.`, exitCode === 0 ? 'Его цикл больше ничего не удерживает.' : 'Его завершили: ошибка, `process.exit` или кто-то снаружи.', 'Событие `exit` придёт в цикл того, кто его создал, после всех его сообщений.');
  }
}

function blocked({ agent, line, over }: FactOf<'blocked'>): Caption {
  const who = agentName(agent);
  if (over === undefined) return say(`\`Atomics.wait\` на строке ${line}: ${who} стоит.`, 'Пока другой агент не разбудит, ничего не происходит: ни сообщений, ни таймеров, ни промисов.', 'Спит весь поток вместе со стеком; другие агенты работают.');
  return say(over === 'ok' ? `Агента будят (${who}): он идёт дальше.` : `Время вышло: ${who} идёт дальше.`, over === 'ok' ? 'Другой агент вызвал `Atomics.notify` для этого места общей памяти.' : 'Никто не разбудил вовремя.', 'Стек такой же, каким был при засыпании.');
}

function message(fact: FactOf<'message'>): Caption {
  const { what, label, size, from, fromPid } = fact;
  if (fact.isChannel) return channelMessage(fact);
  if (what === 'posted') return say(`Отправлено сообщение: ${code(brief(label))}.`, 'Содержимое копируется (или передаётся, если названо в transferList). Получатель узнает о нём в обороте своего цикла.', `StructuredSerialize обошёл ${size} байт; общих объектов нет, кроме общей памяти.`);
  return say(what === 'taken' ? `Сообщение взято из порта: ${code(brief(label))}.` : `Пришло сообщение (${agentName(from, fromPid)}): ${code(brief(label))}.`, what === 'taken' ? '`receiveMessageOnPort` не ждёт цикла.' : 'Оно ждёт в порту, пока этот цикл не дойдёт до фазы poll.', 'StructuredDeserialize создаёт из него новые объекты.');
}

function channelMessage({ what, label, size, from, fromPid }: FactOf<'message'>): Caption {
  if (what === 'posted') return say(`Сообщение отправлено другому процессу: ${code(brief(label))}.`, 'Оно записано в канал байтами; другой процесс прочитает его в обороте своего цикла.', `Канал — это pipe между процессами: через него идёт ${size} байт, общего ничего нет.`);
  return say(`Пришло сообщение (${agentName(from, fromPid)}): ${code(brief(label))}.`, 'Оно ждёт в канале, пока этот цикл не дойдёт до фазы poll.', 'Каждое сообщение — строка JSON или, если `serialization` — `advanced`, сериализованное V8: из него создаются новые объекты.');
}

function trip({ label, trip: part }: { readonly label: string; readonly trip: string }): string {
  return part === '' ? code(label) : `${code(part)} из ${code(label)}`;
}

function workQueued(fact: FactOf<'work-queued'>): Caption {
  if (fact.label === '') return say('Пул потоков начинает работу.', `Потоков: ${fact.threads}.`, 'libuv запускает потоки, когда получает первую работу; их число задаёт UV_THREADPOOL_SIZE.');
  if (fact.ring) return say(`${trip(fact)} передаётся ядру, мимо пула потоков.`, 'Программа идёт дальше и не ждёт, и поток не нужен.', 'С UV_USE_IO_URING=1 libuv кладёт большинство обращений к файлам в кольцо, которое читает ядро (io_uring): сколько угодно сразу.');
  const headline = fact.again ? `${code(fact.label)} идёт дальше: ${code(fact.trip)} передаётся пулу потоков.` : `${trip(fact)} передаётся пулу потоков.`;
  const waits = fact.busy < fact.threads ? 'Есть свободный поток: он возьмёт её сразу.' : `Заняты все потоки (${fact.threads}): работа ждёт свободного.`;
  return say(headline, `Программа идёт дальше и не ждёт. ${waits}`, fact.ahead === 0 ? 'uv_queue_work ставит работу в общую очередь всех потоков.' : `Перед ней в общей очереди всех потоков: ${fact.ahead}.`);
}

function ended(fact: FactOf<'ended'>): Caption {
  const headline = `Программа завершается с кодом ${fact.exitCode}`;
  if (fact.outcome === 'uncaught') return say(`${headline}: ошибка, которую никто не обработал.`, 'Node останавливается на первой необработанной ошибке, что бы ещё ни ждало.', 'Неперехваченное исключение или отклонение завершает процесс; очереди и таймеры отбрасываются.');
  const left = fact.suspended.length === 0 ? 'Выполнять больше нечего.' : `${list(fact.suspended)} так и не продолжится.`;
  return say(`${headline}.`, left, 'Незавершённый промис не удерживает Node; удерживают таймеры, `setImmediate` и ввод-вывод.');
}

function phase(fact: FactOf<'phase'>): Caption {
  return fact.phase === 'exit'
    ? say('Процесс сейчас завершится: это его фаза `exit`.', 'Выполняются слушатели `exit`; после них не придёт ни таймер, ни setImmediate, ни тик.', 'Слушатель `exit` может работать только синхронно: таймеры и тики, которые он ставит, отбрасываются.')
    : say(`Цикл в фазе ${code(fact.phase)}, оборот ${fact.turn}.`, 'Каждый оборот проходит фазы в одном порядке: timers, poll, check, close.', 'После каждого обработчика: все тики, затем все микрозадачи.');
}
