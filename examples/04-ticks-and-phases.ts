// Predict: inside the timer five things are scheduled. Number them in the order in which they will run.
// Look for: after each callback all ticks run, then all microtasks. Then the loop goes on through its phases:
// immediates belong to this turn, a new timer to a later one. (From the main script, timer 0 against immediate is a
// race; from inside a callback, as here, the order is fixed.)

function log(line: string): () => void {
  return () => {
    console.log(line);
  };
}

setTimeout(() => {
  console.log('timer: schedule five things');
  setTimeout(log('timer of 20 ms'), 20);
  setImmediate(() => {
    console.log('immediate');
    process.nextTick(log('tick of the immediate'));
  });
  queueMicrotask(log('microtask'));
  Promise.resolve().then(log('promise job'), console.error);
  process.nextTick(log('tick'));
}, 10);

process.nextTick(log('tick of the main script'));
queueMicrotask(log('microtask of the main script'));
console.log('main script');
