// A list of checks, run one after another: each is a name and what goes wrong, or "ok".

/** Fails with that sentence unless the condition holds. */
export function expect(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** The promise, or a failure after that many milliseconds. */
export function within(millis, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits until the condition, which may be asynchronous, holds. */
export async function until(condition, sentence, millis = 5000) {
  const end = Date.now() + millis;
  while (!(await condition())) {
    expect(Date.now() < end, sentence);
    await new Promise(wake => setTimeout(wake, 50));
  }
}

/** The rejection of a promise that must fail. */
export async function failure(promise) {
  try {
    await promise;
  } catch (problem) {
    return problem;
  }
  throw new Error('succeeded, although it must not');
}

/** Runs [name, check] pairs and prints their results as one JSON object. */
export async function runChecks(checks) {
  const results = {};
  for (const [name, check] of checks) {
    try {
      await within(20_000, check());
      results[name] = 'ok';
    } catch (problem) {
      results[name] = String(problem?.message ?? problem).slice(0, 300);
    }
  }
  console.log(JSON.stringify(results));
}
