/** A failure dialog: what failed, what to do about it, and the buttons. The first button is the default. */
export interface FailureDialog<Act extends string> {
  readonly title: string
  readonly message: string
  readonly detail: string
  readonly buttons: readonly { readonly act: Act; readonly label: string }[]
}

/** What the program could not obtain at its start. */
export type MissedThing = 'state folder' | 'port' | 'board port' | 'file' | 'other'

/** The program could not start, for the reason in `sentence`. */
export function startFailure(sentence: string, missed: MissedThing): FailureDialog<'quit' | 'folder'> {
  const other = { act: 'folder' as const, label: 'Choose another state folder…' }
  return {
    title: 'Telit SSL Simulator',
    message: 'The simulator could not start.',
    detail: `${sentence}\n\n${advice[missed]}`,
    buttons: [{ act: 'quit', label: 'Quit' }, ...(missed === 'state folder' ? [other] : [])]
  }
}

const advice: Readonly<Record<MissedThing, string>> = {
  'state folder': 'Close the program that uses the folder, or choose another one.',
  port: 'Close the program that uses the port or the link, or start with another --link, --tcp or --serial.',
  'board port': 'Start with another --ui port, or without one.',
  file: 'Start with another path for --capture, --keylog, --transcript or --ready-file.',
  other: 'Start it from a terminal to see all its messages; telit-sim --help lists the options.'
}

/** A tray was wanted, but the system has none. */
export function noTray(): FailureDialog<'close'> {
  return {
    title: 'Telit SSL Simulator',
    message: 'This system has no system tray.',
    detail:
      'Closing the window still quits the program. On GNOME an extension for AppIndicators brings the tray back; then choose it again.',
    buttons: [{ act: 'close', label: 'Close' }]
  }
}

/** The window's page crashed more often than it is reloaded. `reason` comes from Electron. */
export function pageFailure(reason: string, crashes: number): FailureDialog<'reload' | 'quit'> {
  return {
    title: 'Telit SSL Simulator',
    message: "The window's page has crashed again.",
    detail:
      `It has crashed ${crashes} times (${reason}). The module keeps running, its ports work, and no data is lost.\n\n` +
      'Load the page again. If that does not help, quit, and start with --headless to use a browser instead.',
    buttons: [
      { act: 'reload', label: 'Load the page' },
      { act: 'quit', label: 'Quit' }
    ]
  }
}

/** The window's page has not responded for some seconds. */
export function pageHangs(): FailureDialog<'wait' | 'reload'> {
  return {
    title: 'Telit SSL Simulator',
    message: "The window's page does not answer.",
    detail: 'The module keeps running, and its ports work. Wait, or reload the page; its content comes back.',
    buttons: [
      { act: 'wait', label: 'Wait' },
      { act: 'reload', label: 'Load the page' }
    ]
  }
}

/** The program crashed. `report` is the path of the crash report, `null` when it could not be written. */
export function ownFailure(sentence: string, report: string | null): FailureDialog<'quit'> {
  return {
    title: 'Telit SSL Simulator',
    message: 'The simulator failed and must close.',
    detail:
      `${sentence}\n\nThe module's NVM keeps its last written content. ` +
      (report === null
        ? 'No report could be written.'
        : `A report is in ${report}; attach it when you report this failure.`),
    buttons: [{ act: 'quit', label: 'Quit' }]
  }
}

/** Returns the options of Electron's message box for a failure, and the act of each button. */
export function messageBox<Act extends string>(dialog: FailureDialog<Act>) {
  return {
    options: {
      type: 'error' as const,
      title: dialog.title,
      message: dialog.message,
      detail: dialog.detail,
      buttons: dialog.buttons.map(({ label }) => label),
      defaultId: 0,
      // Esc and the close button of the dialog.
      cancelId: 0,
      noLink: true
    },
    actOf: (button: number): Act => (dialog.buttons[button] ?? dialog.buttons[0]!).act
  }
}
