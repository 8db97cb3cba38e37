/**
 * @module The entry points: the desktop program (`index.ts`) and the command line (`cli.ts`); everything else is in
 * a room below.
 */

import './desktop/shell.ts'
