// Predict: the timer was set first and waits 0 ms. Which of the promise's lines run before it?
// Look for: the Microtasks box. It is emptied completely, with whatever is added on the way, before a timer may run;
// and `.then` on a promise that is already fulfilled still runs its callback later.

setTimeout(() => {
  console.log('timer');
}, 0);

Promise.resolve('first')
  .then((value) => {
    console.log(`${value} microtask`);
    queueMicrotask(() => {
      console.log('a microtask added by a microtask');
    });
    return 'second';
  })
  .then((value) => {
    console.log(`${value} microtask`);
  })
  .catch(console.error);

new Promise<void>((resolve) => {
  console.log('the executor runs at once');
  resolve();
}).then(
  () => {
    console.log('its callback does not');
  },
  console.error,
);

console.log('end of the script');
