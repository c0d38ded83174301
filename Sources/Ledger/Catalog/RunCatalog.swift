/// The runs of a user: a directory with one directory for each.
package struct RunCatalog: Sendable {
  /// Absolute, without a slash at the end. Need not exist: it is made with the first run.
  package let directory: String

  /// - Parameter directory: a path; a relative one is taken from the current directory.
  /// - Throws: ``LedgerError`` when the current directory is gone.
  package init(directory: String) throws(LedgerError) {
    var path = directory
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.directory = path.hasPrefix("/") ? path : try Directory.current() + "/" + path
  }

  /// Where this user's runs are: `$MILLRACE_RUNS`, else `$XDG_STATE_HOME/millrace/runs`, else
  /// `~/.local/state/millrace/runs`.
  ///
  /// - Throws: ``LedgerError`` when the environment names none of them.
  package init(environment: [String: String]) throws(LedgerError) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let runs = value("MILLRACE_RUNS") {
      try self.init(directory: runs)
    } else if let state = value("XDG_STATE_HOME"), state.hasPrefix("/") {
      // The specification of these variables demands that relative paths are passed over.
      try self.init(directory: state + "/millrace/runs")
    } else if let home = value("HOME"), home.hasPrefix("/") {
      try self.init(directory: home + "/.local/state/millrace/runs")
    } else {
      throw LedgerError(
        .operating,
        "there is no place for runs: HOME is not set; set MILLRACE_RUNS to a directory of your own")
    }
  }

  /// Where the parts of a run lie, whether it exists or not.
  package func files(of id: String) -> RunFiles { RunFiles(directory: directory + "/" + id) }

  /// The ids of all runs, newest second first. Nothing is opened; other names in the directory are passed
  /// over.
  ///
  /// - Throws: ``LedgerError`` when the directory cannot be read; one that is missing is empty.
  package func ids() throws(LedgerError) -> [String] {
    try Directory.names(in: directory).filter(RunIdentifier.isValid).sorted(by: >)
  }
}
