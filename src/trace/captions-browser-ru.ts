/** Why this file exists: what is said of a browser's loop otherwise than of Node's, in Russian. */
import type { BrowserCaptions, Caption } from './caption';
import { code, say, timesIn } from './caption-words';
import type { Fact } from './facts';
import type { TaskOrigin } from './trace';

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export const browserInRussian: BrowserCaptions = {
  facts: {
    called: fact => fact.byHost
      ? say(`Браузер вызывает ${code(fact.label)}.`, 'Произошло то, чего ждал этот слушатель.', 'Слушателя вызывает браузер: его кадр — первый на стеке.')
      : undefined,
    'callback-called': fact => say(`Выполняется ${callback(fact.origin)}: ${code(fact.label)}.`, whyNow(fact.origin),
      `В очереди ${fact.queuedBy === undefined ? '' : `(поставил ${code(fact.queuedBy)}) `}с ${ms(fact.queuedAt ?? 0)}; начинается на пустом стеке.`),
    queued,
    'task-begun': fact => say(`Начинается ${callback(fact.origin)}${fact.label === '' ? '' : `: ${code(fact.label)}`}.`, whyNow(fact.origin),
      fact.late >= 1 ? `Срок был ${ms(fact.due)}, опоздание ${ms(fact.late)}: стек был занят.` : `Оборот ${fact.turn} цикла; стек пуст.`),
    unhandled: fact => say(`Потеряно: ${fact.label === '' ? 'промис' : code(fact.label)} отклонён с ${code(fact.value)}, и никто его не обрабатывает.`,
      'Отклонённому промису нужен `await` внутри `try` или `catch`, прежде чем придёт задача, которая проверяет.', 'Задача посылает окну `unhandledrejection`; если слушатель не отменил, консоль пишет «Uncaught (in promise)». Страница живёт дальше.'),
    'handled-late': fact => say(`${fact.label === '' ? 'Промис' : code(fact.label)} всё же получает обработчик.`, 'Обработчик появился после того, как браузер сообщил об отклонении.', 'Задача посылает окну `rejectionhandled`.'),
    slept: fact => say(`Делать нечего: цикл спит ${ms(fact.to - fact.from)}, до ${ms(fact.to)}.`, `Код не выполняется${fact.next === undefined ? '.' : `; следующий — ${code(fact.next)}.`}`, 'Поток ждёт следующего таймера, кадра или события.'),
    phase,
    ended: fact => fact.outcome === 'completed' || fact.outcome === 'uncaught'
      ? say(fact.outcome === 'uncaught' ? 'Делать больше нечего; было сообщено об ошибке, которую никто не обработал.' : 'Делать больше нечего.', fact.suspended.length > 0 ? `Не продолжатся никогда: ${fact.suspended.map(code).join(', ')}.` : 'Всё, что стояло в очередях, выполнено.', 'Симуляция страницы кончается, когда не осталось ни задач, ни таймеров, ни кадров, ни обработчиков простоя.')
      : undefined,
  },
  sentences: {
    'Стек пуст: дальше тики и микрозадачи.': 'Стек пуст: дальше микрозадачи.',
    'Его скрипт выполняется в фазе poll его цикла; событие `online` уже в пути.': 'Сначала выполняется его скрипт; посланные тем временем сообщения придут после.',
    'Событие `exit` придёт в цикл того, кто его создал, после всех его сообщений.': 'Об этом никто не узнает: у воркера нет события о его конце.',
    'Его завершили: ошибка, `process.exit` или кто-то снаружи.': 'Его завершили снаружи.',
    'Оно ждёт в порту, пока этот цикл не дойдёт до фазы poll.': 'Это задача этого цикла.',
  },
};

const ms = timesIn('мс');

function callback(origin: TaskOrigin): string {
  switch (origin) {
    case 'message': return 'слушатель сообщения';
    case 'setTimeout': return 'обработчик таймера';
    case 'setInterval': return 'обработчик интервала';
    case 'then': return 'обработчик `then`';
    case 'await': return 'продолжение после `await`';
    case 'thenable': return '`then` thenable-объекта';
    case 'queueMicrotask': return 'микрозадача';
    case 'event': return 'слушатель события';
    case 'parser': return 'чтение остатка страницы';
    case 'postTask': return 'задача планировщика';
    case 'yield': return 'продолжение после `scheduler.yield`';
    case 'requestAnimationFrame': return 'обработчик кадра';
    case 'requestIdleCallback': return 'обработчик простоя';
    case 'mutation': return 'наблюдатель за изменениями';
    case 'answer': case 'fetch': return 'пришедшее по сети';
    default: return 'задание';
  }
}

function whyNow(origin: TaskOrigin): string {
  switch (origin) {
    case 'message': case 'parser': case 'answer': case 'fetch': return 'Стек пуст, микрозадач нет: цикл берёт задачу, которая стала готова первой.';
    case 'setTimeout': case 'setInterval': return 'Срок настал, и стек пуст. Один обработчик, затем все микрозадачи, затем следующая задача.';
    case 'event': return 'О событии узнаёт слушатель за слушателем. Когда о нём сообщает браузер, после каждого стек пуст и выполняются микрозадачи.';
    case 'postTask': case 'yield': return 'Из готовых задач у неё высший приоритет, или она стала готова первой.';
    case 'requestAnimationFrame': return 'Сейчас будет нарисован кадр. Все обработчики, о которых просили до него, выполняются теперь, после каждого — его микрозадачи.';
    case 'requestIdleCallback': return 'Готовых задач нет, и кадр ещё не скоро: есть свободное время.';
    default: return 'Стек пуст: теперь выполняются все микрозадачи, раньше всего остального.';
  }
}

function queued(fact: FactOf<'queued'>): Caption | undefined {
  const name = code(fact.label);
  const ahead = fact.ahead === 0 ? '' : ` Перед ним в очереди: ${fact.ahead}.`;
  switch (fact.queue) {
    case 'timers': return say(`Заведён таймер: ${name} через ${Math.round(fact.delay)} мс.`, 'Страница здесь не ждёт. Обработчик выполнится, когда настанет срок и стек будет пуст, не раньше.', `Срок ${ms(fact.due)}; тогда он встанет за готовыми задачами. Начиная с шестого вложенного таймера ожидание не меньше 4 мс.`);
    case 'tasks': return say(`В очередь поставлена задача: ${name}.`, 'Цикл берёт по одной задаче; после каждой — все микрозадачи.', 'При одном приоритете задачи выполняются в том порядке, в каком стали готовы, каков бы ни был их источник.');
    case 'messages': return say(`Пришло сообщение: ${name}.`, 'Это задача: цикл передаст её в свою очередь.', 'Посланное воркером клонируется и становится задачей того, кто его создал; и наоборот.');
    case 'frames': return say(`${name} ждёт следующего кадра.`, `Выполнится перед самой отрисовкой.${ahead}`, 'Список обработчиков берётся, когда кадр начинается; о чём просят в нём — в следующем.');
    case 'idle': return say(`${name} ждёт, пока делать станет нечего.`, `Выполнится между кадрами и задачами, со сроком.${ahead}`, 'С `timeout` становится задачей, когда это время вышло.');
    case 'microtasks': return say(`${name} встаёт в очередь микрозадач.`, `Выполнится, как только стек пуст, раньше следующей задачи и раньше отрисовки.${ahead}`, 'После каждого обработчика на пустом стеке: первым пришёл — первым вышел, пока очередь не опустеет.');
    default: return undefined;
  }
}

function phase({ phase: now, turn }: FactOf<'phase'>): Caption | undefined {
  switch (now) {
    case 'main': return say('Страница прочитана до своего скрипта.', 'Сначала выполняется скрипт, сверху вниз.', 'Классический скрипт выполняется во время разбора страницы, модуль — когда она прочитана.');
    case 'task': return say(`Цикл берёт задачу: оборот ${turn}.`, 'Одна задача, затем все микрозадачи.', 'Цикл событий HTML: выбрать очередь, выполнить старшую задачу, выполнить все микрозадачи.');
    case 'rendering': return say(`Браузер рисует кадр: оборот ${turn}.`, 'Выполняются обработчики `requestAnimationFrame`, затем страница размечается и рисуется.', 'Кадр приходит примерно каждые 16,7 мс, если есть что рисовать.');
    case 'idle': return say(`Циклу нечего делать: оборот ${turn}.`, 'Есть время для обработчика простоя.', 'Период простоя: по одному обработчику, до срока или до задачи.');
    case 'exit': return say('Делать больше нечего.', 'Страница живёт дальше, но в ней больше ничего не произойдёт.', 'Не осталось ни задач, ни таймеров, ни кадров, ни обработчиков простоя; симуляция здесь кончается.');
    default: return undefined;
  }
}
