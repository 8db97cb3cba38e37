/** Packets that are read: as many as a busy capture of 32 MiB has, at some hundred bytes each. */
export const MAX_PACKETS = 300_000
/** Interfaces that are described. A capture of this program has four. */
export const MAX_INTERFACES = 256
/** Connections that are listed. Further ones are only counted. */
export const MAX_STREAMS = 500
/** Messages of one connection, and of all connections. */
export const MAX_MESSAGES_OF_STREAM = 200
export const MAX_MESSAGES = 5000
/** Lines of the AT interfaces; pieces of data of one connection. */
export const MAX_LINES = 20_000
export const MAX_LINES_OF_STREAM = 5000
/** Bytes of a line that are shown. */
export const MAX_LINE_BYTES = 2048
/** Comments of the file, of a packet and of a connection; bytes of one comment. */
export const MAX_COMMENTS = 50
export const MAX_COMMENT_BYTES = 4000
/** Segments of one direction that wait for an earlier one. */
export const MAX_WAITING_SEGMENTS = 256
/** Lines of a key log that are read. */
export const MAX_KEY_LOG_LINES = 20_000
