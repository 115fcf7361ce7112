/** Why this file exists: what a person sees comes a moment after what a person does. */

/** Tries until it holds; after `patience` milliseconds it fails with the last reason. */
export async function eventually<T>(holds: () => T | Promise<T>, patience = 20_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
}
