// Predict: in which order do the five lines appear? The timer is set for 0 ms, before the loop begins.
// Look for: the task in the Timers box. It is ready early, but nothing interrupts code that is running:
// the call stack must be empty before the loop takes the next task.

function cook(dish: string): void {
  console.log(`cooking ${dish}`);
}

console.log('open');

setTimeout(() => {
  console.log('the timer rings');
}, 0);

for (const dish of ['soup', 'bread']) {
  cook(dish);
}

console.log('close the kitchen door');
