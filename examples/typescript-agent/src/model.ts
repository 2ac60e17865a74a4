// In place of a language model, so that no key is needed: it believes whatever it reads.

/** A tool that the model wants called. */
export interface Call {
  name: string;
  arguments: Record<string, unknown>;
}

/** A call and the text that came back for it. */
export interface Turn {
  call: Call;
  text: string;
  /** Whether the text says why the call was refused, or why the tool failed. */
  failed: boolean;
}

/** What the model says next of an invoice: a call, or its answer to the user. */
export function next(id: number, turns: Turn[]): Call | string {
  const last = turns.at(-1);
  if (last === undefined) return { name: 'read_invoice', arguments: { id } };
  if (last.failed) {
    // The gate's text says what to do about a refusal.
    return last.text.includes('ask the user')
      ? 'The invoice asks for a payment that you did not ask for.'
      : { name: 'record_in_ledger', arguments: { id, note: last.text } };
  }
  const amount = /transfer (\d+) EUR/.exec(last.text)?.[1];
  return last.call.name === 'read_invoice' && amount !== undefined
    ? { name: 'transfer_funds', arguments: { id, amount_eur: Number(amount) } }
    : 'Done.';
}
