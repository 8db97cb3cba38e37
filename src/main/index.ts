/** What Electron starts: the desktop shell. */
import './desktop/shell.ts'
