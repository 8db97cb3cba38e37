/** A state folder that cannot be had; the message is one sentence for the person (exit status 3). */
export class StateError extends Error {}
