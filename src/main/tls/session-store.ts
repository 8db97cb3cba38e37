import type { KeptSession } from '../../shared/contracts/tls.ts'

/**
 * Where a server keeps sessions that clients may come back to (RFC 2246 F.1.4). It belongs to one policy: a session that was made
 * without a client certificate must not open a server that requires one.
 */
export interface SessionStore {
  /** The session of this id, or null; it stays, since several connections may share it. */
  find(sessionId: Uint8Array): KeptSession | null
  put(session: KeptSession): void
  /** A connection of this session ended with a fatal alert, or with no close_notify from either side (RFC 2246 7.2.1, 7.2.2). */
  drop(sessionId: Uint8Array): void
}

/** Sessions that a server for a bench keeps: many times what its few modules can have in use. */
const DEFAULT_MAX_SESSIONS = 256

/** A store in memory; when it is full, the session that was used longest ago makes room. */
export function memorySessionStore(maxSessions = DEFAULT_MAX_SESSIONS): SessionStore {
  const sessions = new Map<string, KeptSession>()
  const keyOf = (sessionId: Uint8Array): string => Buffer.from(sessionId).toString('hex')
  const put = (session: KeptSession): void => {
    const key = keyOf(session.sessionId)
    // A Map keeps the order of insertion: the first is the oldest.
    sessions.delete(key)
    sessions.set(key, ownCopy(session))
    if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value!)
  }
  return {
    put,
    find: (sessionId) => {
      const session = sessions.get(keyOf(sessionId)) ?? null
      if (session) put(session)
      return session
    },
    drop: (sessionId) => void sessions.delete(keyOf(sessionId))
  }
}

/** Short buffers are parts of a block of 8 KB that Node shares among them: one that is kept for long would keep the whole block. */
function ownCopy({ sessionId, suite, masterSecret }: KeptSession): KeptSession {
  return { sessionId: Uint8Array.from(sessionId), suite, masterSecret: Uint8Array.from(masterSecret) }
}
