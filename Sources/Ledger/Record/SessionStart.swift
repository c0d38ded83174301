/// A process begins to carry a run out.
package struct SessionStart: Sendable, Equatable {
  package var processID: Int32
  /// The host's name.
  package var host: String
  /// Milliseconds since 1970.
  package var at: Int64

  package init(processID: Int32, host: String, at: Int64) {
    self.processID = processID
    self.host = host
    self.at = at
  }
}
