import type { KeptSession } from '../../shared/contracts/tls.ts'

/**
 * The sessions that a server keeps for resumption (RFC 2246 F.1.4). A store belongs to one policy: a session without
 * client certificate must not give access to a server that requires one.
 */
export interface SessionStore {
  /** Returns the session of this id, or `null`. The session stays, since several connections may share it. */
  find(sessionId: Uint8Array): KeptSession | null
  put(session: KeptSession): void
  /** Removes a session after a fatal alert, or a connection that ended without close_notify (RFC 2246 7.2.1, 7.2.2). */
  drop(sessionId: Uint8Array): void
}

/** Many times what the few modules of a lab server can use. */
const DEFAULT_MAX_SESSIONS = 256

/** Returns a store in memory. When it is full, the least recently used session is dropped. */
export function memorySessionStore(maxSessions = DEFAULT_MAX_SESSIONS): SessionStore {
  const sessions = new Map<string, KeptSession>()
  const keyOf = (sessionId: Uint8Array): string => Buffer.from(sessionId).toString('hex')
  const put = (session: KeptSession): void => {
    const key = keyOf(session.sessionId)
    // A Map keeps insertion order: the first entry is the oldest.
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

/** Copies the secrets: short Buffers are parts of a shared block of 8 kB, which would be kept with them. */
function ownCopy({ sessionId, suite, masterSecret }: KeptSession): KeptSession {
  return { sessionId: Uint8Array.from(sessionId), suite, masterSecret: Uint8Array.from(masterSecret) }
}
