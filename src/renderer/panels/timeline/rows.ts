/** How an event reads as a row is shared with the search and the exports. */
export { isFailureEvent, rowOf, searchText, shownBytes, spell } from '../../../shared/timeline/reading.ts'
export type { BytePart, MarkName, Row } from '../../../shared/timeline/reading.ts'
