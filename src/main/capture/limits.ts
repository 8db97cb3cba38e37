/** How much of a capture is read. A file within `maxCaptureBytes` may still be made of nothing but tiny parts. */

/** Packets of 32 MiB with some hundred bytes each, which is what a busy capture has. */
export const maxPackets = 300_000
/** Interfaces that are described; a capture of this program has four. */
export const maxInterfaces = 256
/** Connections that are told of; what comes after them is counted. */
export const maxStreams = 500
/** Messages of one connection, and of all. */
export const maxMessagesOfStream = 200
export const maxMessages = 5000
/** Lines of the AT interfaces, and pieces of data of one connection, and of all. */
export const maxLines = 20_000
export const maxLinesOfStream = 5000
/** Bytes of a line that are shown. */
export const maxLineBytes = 2048
/** Comments of the file, of a packet and of a connection, and characters of one. */
export const maxComments = 50
export const maxCommentBytes = 4000
/** Segments of one direction that wait for one before them. */
export const maxWaitingSegments = 256
/** Lines of a key log. */
export const maxKeyLogLines = 20_000
