/** How much of a capture is read. A file within `maxCaptureBytes` may still be made of nothing but tiny parts. */

/** Packets of 32 MiB with some hundred bytes each, which is what a busy capture has. */
export const MAX_PACKETS = 300_000
/** Interfaces that are described; a capture of this program has four. */
export const MAX_INTERFACES = 256
/** Connections that are told of; what comes after them is counted. */
export const MAX_STREAMS = 500
/** Messages of one connection, and of all. */
export const MAX_MESSAGES_OF_STREAM = 200
export const MAX_MESSAGES = 5000
/** Lines of the AT interfaces, and pieces of data of one connection, and of all. */
export const MAX_LINES = 20_000
export const MAX_LINES_OF_STREAM = 5000
/** Bytes of a line that are shown. */
export const MAX_LINE_BYTES = 2048
/** Comments of the file, of a packet and of a connection, and characters of one. */
export const MAX_COMMENTS = 50
export const MAX_COMMENT_BYTES = 4000
/** Segments of one direction that wait for one before them. */
export const MAX_WAITING_SEGMENTS = 256
/** Lines of a key log. */
export const MAX_KEY_LOG_LINES = 20_000
