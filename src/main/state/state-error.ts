/** A state folder is not available. The message is one sentence; the exit status is 3. */
export class StateError extends Error {}
