/** Why this file exists: readers who come from Python know these things by other names; each hover gives the name. */
import type { Facts } from './explanation';

const schedulers: Readonly<Record<string, string>> = {
  timer: 'loop.call_later()',
  tick: 'loop.call_soon()',
  microtask: 'loop.call_soon()',
  immediate: 'loop.call_soon()',
};

const combinators: Readonly<Record<string, string>> = {
  all: 'asyncio.gather()',
  allSettled: 'asyncio.gather(return_exceptions=True)',
  race: 'asyncio.wait(return_when=FIRST_COMPLETED)',
};

const colors: Readonly<Record<string, string>> = {
  async: 'async def',
  generator: 'def … yield',
  'async-generator': 'async def … yield',
};

/** The nearest word of Python's `asyncio`; undefined where there is none that helps. */
export function pythonWord(facts: Facts): string | undefined {
  switch (facts.kind) {
    case 'await':
      return facts.form === 'await' ? 'await' : facts.form === 'for-await' ? 'async for' : 'async with';
    case 'call':
      if (facts.combinator !== undefined) return combinators[facts.combinator];
      // Calling a coroutine function starts nothing there, which is the difference that matters.
      return facts.boundary === 'floating' ? 'asyncio.create_task()' : undefined;
    case 'function':
      return colors[facts.color];
    case 'chain':
      return 'Future.add_done_callback()';
    case 'new-promise':
      return 'loop.create_future()';
    case 'schedule':
      return schedulers[facts.by];
    case 'worker':
      return facts.does === 'starts' ? 'multiprocessing.Process()' : 'multiprocessing.Queue.put()';
    default:
      return facts.delegates ? 'yield from' : 'yield';
  }
}
