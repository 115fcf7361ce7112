// Predict: what does each call of next() return, and where does its argument go?
// Look for: the frame of multiply leaves the stack at `yield` with its locals and comes back at next(v).
// The value travels both ways: out as the result of next, in as the result of `yield`. No event loop takes part.

function* multiply(): Generator<number | string, string, number> {
  let product = 1;
  let count = 0;
  try {
    while (count < 3) {
      const factor = yield product;
      console.log(`  received ${factor}`);
      product *= factor;
      count += 1;
    }
    return `finished after ${count}`;
  } finally {
    console.log('  cleaning up');
  }
}

const numbers = multiply();
console.log('created: nothing has run yet');
console.log('next()  ->', numbers.next(0).value, '(this first argument is lost: no yield waits for it)');
console.log('next(2) ->', numbers.next(2).value);
console.log('next(5) ->', numbers.next(5).value);

const last = numbers.next(7);
console.log('next(7) ->', last.value, 'done:', last.done);

const stopped = multiply();
stopped.next(0);
console.log('return  ->', stopped.return('stopped early').value);
