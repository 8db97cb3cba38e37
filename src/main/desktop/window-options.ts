/** The window as it is asked for: big enough for the board, sandboxed, and with nothing of Node or Electron in its page. */
export function windowOptions(preload: string, isPackaged: boolean) {
  return {
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    useContentSize: true,
    title: 'Telit SSL Simulator',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !isPackaged,
      // The dictionaries would be fetched from the internet.
      spellcheck: false
    }
  }
}
